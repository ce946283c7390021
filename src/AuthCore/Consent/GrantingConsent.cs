using AuthCore.Hooks;
using AuthCore.Protocol;

namespace AuthCore.Consent;

/// <summary>A person has allowed a client something, and a code is about to be made. Refused with <c>access_denied</c> at the client's redirect URI (RFC 6749 §4.1.2.1); the request can be answered again.</summary>
/// <param name="UserId">Who.</param>
/// <param name="ClientId">Whom.</param>
/// <param name="Scopes">What.</param>
/// <param name="Resource">For which resource (RFC 8707).</param>
/// <param name="RedirectUri">Where the code would go.</param>
public sealed record GrantingConsent(string UserId, string ClientId, ScopeSet Scopes, string Resource, string RedirectUri) : Decision
{
    /// <inheritdoc/>
    public override string Kind => "consent.grant";

    /// <inheritdoc/>
    public override string Subject => ClientId;

    /// <inheritdoc/>
    public override string Client => ClientId;

    /// <inheritdoc/>
    public override string User => UserId;
}
