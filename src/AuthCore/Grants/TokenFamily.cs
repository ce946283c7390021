namespace AuthCore.Grants;

/// <summary>One authorization and everything that grew out of it. The row's generation is the newest refresh token's; tokens themselves are never stored.</summary>
internal sealed class TokenFamily
{
    /// <summary>32 hexadecimal digits, ordered by time.</summary>
    public required string FamilyId { get; init; }

    /// <summary>The person who allowed it; null when the client acts for itself.</summary>
    public string? UserId { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Where the answer was sent: host with port, or a private-use scheme; null when nothing was sent anywhere.</summary>
    public string? RedirectHost { get; init; }

    public required string Resource { get; init; }

    /// <summary>Space-delimited.</summary>
    public required string Scopes { get; init; }

    /// <summary>256 random bits; with the server key outside the database they make the family's refresh tokens.</summary>
    public required byte[] Secret { get; init; }

    /// <summary>The thumbprint of the key that its tokens are bound to (<c>cnf.jkt</c>, RFC 9449 §6.1); null for bearer tokens.</summary>
    public string? ConfirmationKey { get; init; }

    /// <summary>Whose rights its tokens carry (<c>sub</c>, RFC 9068 §2.2): the person, or the client itself.</summary>
    public string Subject => UserId ?? ClientId;

    /// <summary>Whether its client gets refresh tokens at all.</summary>
    public required bool Refreshable { get; init; }

    /// <summary>True until one of its tokens comes back: only then is it certain that the client has them, and what this family replaces is revoked.</summary>
    public bool Unproven { get; set; }

    public required int Generation { get; set; }

    /// <summary>When <see cref="Generation"/> was reached.</summary>
    public required DateTimeOffset RotatedAt { get; set; }

    /// <summary>From which address it was reached: a replay from another one is marked.</summary>
    public string? RotatedFrom { get; set; }

    /// <summary>How often the refresh token before this generation was replayed within the grace.</summary>
    public int Replays { get; set; }

    /// <summary>How often in its life a token of it was used twice.</summary>
    public int ReuseMarks { get; set; }

    public required DateTimeOffset AuthenticatedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? CreatedFrom { get; init; }

    public string? CreatedAgent { get; init; }

    /// <summary>The earlier of idle and absolute end.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Sliding never passes this.</summary>
    public required DateTimeOffset AbsoluteExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    public RevocationReason? RevocationReason { get; set; }

    /// <summary>The user or client identifier of who revoked it.</summary>
    public string? RevokedBy { get; set; }
}
