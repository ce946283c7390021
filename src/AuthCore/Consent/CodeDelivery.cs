using AuthCore.Authorize;
using AuthCore.Grants;
using AuthCore.Protocol;
using AuthCore.Storage;
using Microsoft.Extensions.Options;

namespace AuthCore.Consent;

/// <summary>Delivers a decision at the client's redirect URI: an authorization code, or an error (RFC 6749 §4.1.2). Other ways to ask have other deliveries.</summary>
internal sealed class CodeDelivery(AuthorizationResponse response, IOptions<TokenOptions> options)
{
    /// <summary>In the unit of work of the decision.</summary>
    /// <returns>Where the browser is sent.</returns>
    public async Task<Uri> AllowedAsync(WriteUnit unit, AuthorizeTicket request, ConsentDecision.Allowed allowed)
    {
        var code = OpaqueToken.Create();
        await unit.InsertAsync(new AuthorizationCode
        {
            Hash = code.Hash().Value,
            ClientId = allowed.ClientId,
            UserId = allowed.UserId,
            RedirectUri = request.RedirectUri,
            CodeChallenge = request.Challenge,
            Resource = allowed.Resource,
            Scopes = allowed.Scopes.ToString(),
            Refreshable = allowed.Refreshable,
            AuthenticatedAt = allowed.AuthenticatedAt,
            ExpiresAt = unit.Now + options.Value.CodeLifetime,
        });
        return response.WithCode(request.RedirectUri, code.Reveal(), request.State);
    }

    /// <inheritdoc cref="AllowedAsync"/>
    public Uri Denied(AuthorizeTicket request, ConsentDecision.Denied denied) =>
        response.WithError(request.RedirectUri, "access_denied", denied.Why, request.State);
}
