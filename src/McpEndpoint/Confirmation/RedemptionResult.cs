namespace McpEndpoint.Confirmation;

/// <summary>What an attempt to redeem a confirmation token found.</summary>
internal abstract record RedemptionResult
{
    private RedemptionResult()
    {
    }

    /// <summary>Answers for each case.</summary>
    public abstract T Match<T>(Func<Redeemed, T> redeemed, Func<Running, T> running, Func<Answered, T> answered);

    /// <summary>By this attempt alone, which now has to carry the action out.</summary>
    public sealed record Redeemed(PendingAction Action) : RedemptionResult
    {
        public override T Match<T>(Func<Redeemed, T> redeemed, Func<Running, T> running, Func<Answered, T> answered) => redeemed(this);
    }

    /// <summary>By an earlier attempt, which is still carrying the action out.</summary>
    public sealed record Running : RedemptionResult
    {
        public override T Match<T>(Func<Redeemed, T> redeemed, Func<Running, T> running, Func<Answered, T> answered) => running(this);
    }

    /// <summary>There is nothing to carry out: this is the answer.</summary>
    public sealed record Answered(ConfirmationResult Result) : RedemptionResult
    {
        public override T Match<T>(Func<Redeemed, T> redeemed, Func<Running, T> running, Func<Answered, T> answered) => answered(this);
    }
}
