using AuthCore.Http;
using AuthCore.Storage;

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

internal static class Lineage
{
    /// <summary>Writes one line of a family's lineage within the unit.</summary>
    public static async Task AppendGenerationAsync(this WriteUnit unit, string familyId, int generation, GenerationOutcome outcome, RequestSource source)
    {
        unit.Db.Generations().Add(new FamilyGeneration
        {
            FamilyId = familyId,
            Generation = generation,
            At = unit.Now,
            Outcome = outcome,
            Address = source.Address,
            UserAgent = source.UserAgent,
        });
        await unit.Db.SaveChangesAsync();
    }
}
