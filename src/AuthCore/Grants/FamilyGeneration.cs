namespace AuthCore.Grants;

/// <summary>One line of a family's lineage. Goes with its family.</summary>
internal sealed class FamilyGeneration
{
    public long Id { get; init; }

    public required string FamilyId { get; init; }

    public required int Generation { get; init; }

    public required DateTimeOffset At { get; init; }

    public required GenerationOutcome Outcome { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }
}
