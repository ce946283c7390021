namespace McpEndpoint.Confirmation;

/// <summary>
/// What a two-phase tool will do once it is confirmed. Owner: this folder. Lifetime: minutes until confirmed or expired; afterwards kept for
/// replays, then removed by <see cref="PendingActionCleaner"/>.
/// </summary>
internal sealed class PendingAction
{
    /// <summary>Hash of the confirmation token; the key.</summary>
    public required string TokenHash { get; init; }

    public required string Tool { get; init; }

    /// <summary>Canonical JSON: equal arguments are equal texts.</summary>
    public required string Arguments { get; init; }

    /// <summary>SHA-256 of <see cref="Arguments"/>, base64url; what the audit trail names.</summary>
    public required string ArgumentsDigest { get; init; }

    /// <summary>What the person was asked.</summary>
    public required string Summary { get; init; }

    public required string UserId { get; init; }

    public required string ClientId { get; init; }

    public required string FamilyId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public PendingActionState State { get; set; }

    /// <summary>The key of the confirmation that redeemed it, if that had one; released when the action failed.</summary>
    public string? IdempotencyKey { get; set; }

    public DateTimeOffset? RedeemedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The result as JSON when done, else a sentence.</summary>
    public string? Outcome { get; set; }
}
