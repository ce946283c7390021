namespace McpEndpoint.Confirmation;

/// <summary>What an attempt to redeem a confirmation token found.</summary>
internal abstract record Claim
{
    private Claim()
    {
    }

    /// <summary>Redeemed by this attempt alone, which now has to carry it out.</summary>
    public sealed record Won(PendingAction Action) : Claim;

    /// <summary>Redeemed before, and the deed goes on.</summary>
    public sealed record Running : Claim;

    /// <summary>Nothing to carry out: this is the answer.</summary>
    public sealed record Settled(ConfirmationOutcome Outcome) : Claim;
}
