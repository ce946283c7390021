using AuthCore.Authorize;
using AuthCore.Metadata;
using AuthCore.Protocol;
using AuthCore.RateLimits;
using AuthCore.Storage;
using AuthCore.Token;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AuthCore;

/// <summary>The protocol on one screen.</summary>
public static class AuthCoreEndpoints
{
    /// <summary>Adds the middleware that the endpoints rely on: CORS and rate limits. Call after <c>UseAuthentication</c> and before the endpoints.</summary>
    public static IApplicationBuilder UseAuthCore(this IApplicationBuilder app) => app.UseMiddleware<BusyStorage>().UseCors().UseRateLimiter();

    /// <summary>Maps every endpoint of the authorization server at the origin's root.</summary>
    public static IEndpointRouteBuilder MapAuthCore(this IEndpointRouteBuilder endpoints)
    {
        // Never CORS: a person's browser goes there, no script does (RFC 9700 §2.6).
        endpoints.MapMethods(ProtocolPaths.Authorize, ["GET", "POST"], AuthorizeEndpoint.HandleAsync)                // RFC 6749 §3.1, RFC 9207
            .RequireRateLimiting(RateLimitPolicies.Authorize);

        var oauth = endpoints.MapGroup("").RequireCors(ProtocolCors.PolicyName).DisableAntiforgery().WithMetadata(new ProtocolEndpoint());
        oauth.MapPost(ProtocolPaths.Token, TokenEndpoint.HandleAsync).RequireRateLimiting(RateLimitPolicies.Token);  // RFC 6749 §3.2, RFC 7636, RFC 8707
        return endpoints;
    }
}
