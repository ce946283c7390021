namespace AuthCore.Grants;

/// <summary>An authorization code (RFC 6749 §4.1.2) as stored: its hash and everything it is bound to. Kept past its use, so that a replay is known for what it is.</summary>
internal sealed class AuthorizationCode
{
    /// <summary>A <see cref="Protocol.TokenHash"/>.</summary>
    public required string Hash { get; init; }

    public required string ClientId { get; init; }

    public required string UserId { get; init; }

    public required string RedirectUri { get; init; }

    /// <summary>The S256 challenge (RFC 7636 §4.2).</summary>
    public required string CodeChallenge { get; init; }

    public required string Resource { get; init; }

    /// <summary>What the person allowed, space-delimited.</summary>
    public required string Scopes { get; init; }

    public required bool Refreshable { get; init; }

    public required DateTimeOffset AuthenticatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was exchanged, or invalidated: by a wrong verifier, or because the access of its person or client was revoked.</summary>
    public DateTimeOffset? RedeemedAt { get; set; }

    /// <summary>The family that it made; null when it was invalidated.</summary>
    public string? FamilyId { get; set; }
}
