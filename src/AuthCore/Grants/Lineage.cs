using AuthCore.Http;
using AuthCore.Storage;

namespace AuthCore.Grants;

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
