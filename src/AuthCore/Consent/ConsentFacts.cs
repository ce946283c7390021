using AuthCore.Storage.Facts;

namespace AuthCore.Consent;

/// <summary>A person allowed a client something.</summary>
/// <param name="UserId">Who.</param>
/// <param name="ClientId">Whom.</param>
/// <param name="Scopes">What, space-delimited.</param>
/// <param name="Resource">For which resource (RFC 8707).</param>
[FactName("consent.allowed")]
public sealed record ConsentAllowed(string UserId, string ClientId, string Scopes, string Resource) : Fact
{
    /// <inheritdoc/>
    public override string Actor => UserId;

    /// <inheritdoc/>
    public override string Subject => ClientId;
}

/// <summary>A person denied what a client asked for.</summary>
/// <param name="UserId">Who.</param>
/// <param name="ClientId">Whom.</param>
[FactName("consent.denied")]
public sealed record ConsentDenied(string UserId, string ClientId) : Fact
{
    /// <inheritdoc/>
    public override string Actor => UserId;

    /// <inheritdoc/>
    public override string Subject => ClientId;
}
