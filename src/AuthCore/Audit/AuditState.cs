namespace AuthCore.Audit;

/// <summary>How far the check of the audit trail is, and what the last one found.</summary>
public abstract record AuditState
{
    private AuditState(AuditReport? report) => Report = report;

    /// <summary>What the last check that came to its end found; null when there was none since the start.</summary>
    public AuditReport? Report { get; }

    /// <summary>Takes one function for each case.</summary>
    public abstract T Match<T>(Func<Running, T> running, Func<Done, T> done, Func<Failed, T> failed);

    /// <summary>Lines are being read.</summary>
    /// <param name="Lines">How many so far.</param>
    /// <param name="Before">What the check before found.</param>
    public sealed record Running(long Lines, AuditReport? Before) : AuditState(Before)
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Running, T> running, Func<Done, T> done, Func<Failed, T> failed) => running(this);
    }

    /// <summary>Every line was read.</summary>
    /// <param name="Found">What was found.</param>
    public sealed record Done(AuditReport Found) : AuditState(Found)
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Running, T> running, Func<Done, T> done, Func<Failed, T> failed) => done(this);
    }

    /// <summary>The lines could not all be read. Nothing is known of the trail since the check before.</summary>
    /// <param name="At">When it was given up.</param>
    /// <param name="Why">In storage's own words.</param>
    /// <param name="Before">What the check before found.</param>
    public sealed record Failed(DateTimeOffset At, string Why, AuditReport? Before) : AuditState(Before)
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Running, T> running, Func<Done, T> done, Func<Failed, T> failed) => failed(this);
    }
}
