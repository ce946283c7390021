using AuthCore.Authorize;
using AuthCore.Clients;
using AuthCore.Database;
using AuthCore.Http;
using AuthCore.Introspection;
using AuthCore.Metadata;
using AuthCore.Protocol;
using AuthCore.RateLimits;
using AuthCore.Registration;
using AuthCore.Revocation;
using AuthCore.Token;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AuthCore;

/// <summary>The protocol on one screen.</summary>
public static class AuthCoreEndpoints
{
    private static readonly string[] Read = ["GET", "HEAD"];

    /// <summary>Adds the middleware that the endpoints rely on: CORS and rate limits. Call after <c>UseAuthentication</c> and before the endpoints.</summary>
    public static IApplicationBuilder UseAuthCore(this IApplicationBuilder app) => app.UseMiddleware<BusyStorage>().UseCors().UseRateLimiter();

    /// <summary>Maps every endpoint of the authorization server at the origin's root.</summary>
    public static IEndpointRouteBuilder MapAuthCore(this IEndpointRouteBuilder endpoints)
    {
        // Never CORS: a person's browser goes there, no script does (RFC 9700 §2.6).
        endpoints.MapMethods(ProtocolPaths.Authorize, ["GET", "POST"], AuthorizeEndpoint.HandleAsync)                // RFC 6749 §3.1, RFC 9207
            .RequireRateLimiting(RateLimitPolicies.Authorize);

        var oauth = endpoints.MapGroup("").RequireCors(ProtocolCors.PolicyName).DisableAntiforgery().WithMetadata(new ProtocolEndpoint());
        var metadata = endpoints.ServiceProvider.GetRequiredService<AuthorizationServerMetadataEndpoint>();
        var jwks = endpoints.ServiceProvider.GetRequiredService<JwksEndpoint>();
        oauth.MapMethods(ProtocolPaths.AuthorizationServerMetadata, Read, metadata.HandleAsync).RequireRateLimiting(RateLimitPolicies.Metadata); // RFC 8414 §3
        oauth.MapMethods(ProtocolPaths.OpenIdConfiguration, Read, metadata.HandleAsync).RequireRateLimiting(RateLimitPolicies.Metadata);         // RFC 8414 §5
        oauth.MapMethods(ProtocolPaths.Jwks, Read, jwks.HandleAsync).RequireRateLimiting(RateLimitPolicies.Metadata);     // RFC 7517 §5
        if (endpoints.ServiceProvider.GetRequiredService<IOptions<RegistrationOptions>>().Value.Enabled)
        {
            oauth.MapPost(ProtocolPaths.Register, RegistrationEndpoint.HandleAsync).RequireRateLimiting(RateLimitPolicies.Register); // RFC 7591 §3
            oauth.MapNothingElse(ProtocolPaths.Register, "POST");
        }

        oauth.MapPost(ProtocolPaths.Revoke, RevocationEndpoint.HandleAsync).RequireRateLimiting(RateLimitPolicies.Revoke);   // RFC 7009 §2
        oauth.MapPost(ProtocolPaths.Introspect, IntrospectionEndpoint.HandleAsync).RequireRateLimiting(RateLimitPolicies.Introspect); // RFC 7662 §2
        oauth.MapPost(ProtocolPaths.Token, TokenEndpoint.HandleAsync).RequireRateLimiting(RateLimitPolicies.Token);  // RFC 6749 §3.2, RFC 7636, RFC 8707

        endpoints.MapNothingElse(ProtocolPaths.Authorize, "GET", "POST");
        foreach (var path in new[] { ProtocolPaths.Token, ProtocolPaths.Revoke, ProtocolPaths.Introspect })
        {
            oauth.MapNothingElse(path, "POST");
        }

        foreach (var path in new[] { ProtocolPaths.AuthorizationServerMetadata, ProtocolPaths.OpenIdConfiguration, ProtocolPaths.Jwks })
        {
            oauth.MapNothingElse(path, Read);
        }

        return endpoints;
    }
}
