namespace AuthCore.Audit;

/// <summary>What the look at one chain found.</summary>
public enum AuditFinding
{
    /// <summary>Every line follows from the one before, and the chain reaches the place where it is known to have ended.</summary>
    Intact,

    /// <summary>A line was changed, taken out or put in.</summary>
    Broken,

    /// <summary>The newest lines are missing: they were cut off, or an older database was restored.</summary>
    CutOff,

    /// <summary>Every line follows, but where the chain ended is not known here.</summary>
    EndUnknown,

    /// <summary>It was made under another master key: no line is missing, and whether one was changed cannot be known here.</summary>
    OtherKey,
}

/// <summary>One chain of the audit trail.</summary>
/// <param name="Writer">Whose; empty for lines from before chains were keyed.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="Finding">What was found.</param>
/// <param name="At">The sequence of the first line that does not follow, or of the last that is there when the end is missing; null when there is none.</param>
public sealed record AuditChainReport(string Writer, long Lines, AuditFinding Finding, long? At);

/// <summary>What the look at the whole trail found.</summary>
/// <param name="At">When it began.</param>
/// <param name="Chains">Every chain.</param>
public sealed record AuditReport(DateTimeOffset At, IReadOnlyList<AuditChainReport> Chains)
{
    /// <summary>Whether nothing was changed and nothing is missing, as far as can be known.</summary>
    public bool IsIntact => Chains.All(chain => chain.Finding is not (AuditFinding.Broken or AuditFinding.CutOff));

    /// <summary>How many lines there are.</summary>
    public long Lines => Chains.Sum(chain => chain.Lines);
}
