using AuthCore.Hooks;
using AuthCore.Protocol;

namespace AuthCore.Token;

/// <summary>
/// A client that proved who it is shows a grant for which tokens are about to be issued. Refused with 400 <c>access_denied</c>; the code or refresh token is not spent and
/// may be shown again. What is not valid, and what is used a second time, is refused for that reason and never asked about.
/// </summary>
/// <param name="GrantType">RFC 6749 §4: <c>authorization_code</c>, <c>refresh_token</c> and their like.</param>
/// <param name="ClientId">The client.</param>
/// <param name="UserId">The person in whose name; null when the client acts for itself, or the grant does not say before it is redeemed.</param>
/// <param name="Scopes">What the access token would allow; what the request names, where the grant does not say before it is redeemed.</param>
/// <param name="Resource">Its audience (RFC 8707); null where neither grant nor request says.</param>
public sealed record IssuingTokens(string GrantType, string ClientId, string? UserId, ScopeSet Scopes, string? Resource) : Decision
{
    /// <inheritdoc/>
    public override string Kind => "tokens.issue";

    /// <inheritdoc/>
    public override string Subject => ClientId;

    /// <inheritdoc/>
    public override string Client => ClientId;

    /// <inheritdoc/>
    public override string? User => UserId;
}
