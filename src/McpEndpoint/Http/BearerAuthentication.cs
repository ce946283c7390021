using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using McpEndpoint.Http.Envelope;
using McpEndpoint.Tools;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;

namespace McpEndpoint.Http;

/// <summary>RFC 6750 §2.1: the <c>Authorization</c> header, and only that: never the address (RFC 6750 §2.3). A token that was presented must be good, even where none is needed.</summary>
internal sealed class BearerAuthentication(IAccessTokenValidator validator, BearerChallenge challenge, PublicOrigin origin)
{
    private const string Scheme = "Bearer";

    /// <summary>Makes the token's grant known to the rest of the request, or says why not. No token at all is fine here.</summary>
    public Refusal? Authenticate(HttpContext context, Caller caller)
    {
        var request = context.Request;
        if (request.Query.ContainsKey("access_token"))
        {
            const string Why = "An access token belongs into the Authorization header, never into the address.";
            return new Refusal(StatusCodes.Status400BadRequest, McpErrorCode.InvalidRequest, Why) { Challenge = challenge.InvalidRequest(Why) };
        }

        var headers = request.Headers.Authorization;
        if (headers.Count == 0)
        {
            return null;
        }

        if (headers.Count > 1)
        {
            const string Why = "More than one Authorization header.";
            return new Refusal(StatusCodes.Status400BadRequest, McpErrorCode.InvalidRequest, Why) { Challenge = challenge.InvalidRequest(Why) };
        }

        var header = headers[0] ?? "";
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var scheme = space < 0 ? header : header[..space];
        if (!scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return Unauthorized("This server takes Bearer tokens only.", challenge.Missing(ScopeSet.Empty));
        }

        var token = space < 0 ? "" : header.AsSpan(space).Trim(' ').ToString();
        var resource = origin.Resource(McpPostEndpoint.Path);
        if (token.Length == 0 || Validate(context, token, resource) is not AccessTokenValidation.Valid(var grant))
        {
            return Unauthorized("The access token is expired, revoked or not valid here.", challenge.InvalidToken());
        }

        caller.Authenticated(grant, () => validator.Validate(token, resource) is AccessTokenValidation.Valid);
        context.User = grant.ToPrincipal();
        validator.Seen(grant, context.Connection.RemoteIpAddress?.ToString(), request.Headers.UserAgent.ToString());
        return null;
    }

    // The rate limit has asked a moment ago, of the same header.
    private AccessTokenValidation Validate(HttpContext context, string token, string resource) =>
        context.Features.Get<AccessTokenValidation.Valid>() is { } valid && valid.Grant.Resource == resource ? valid : validator.Validate(token, resource);

    private static Refusal Unauthorized(string message, string challenge) =>
        new(StatusCodes.Status401Unauthorized, McpErrorCode.InvalidRequest, message) { Challenge = challenge };
}
