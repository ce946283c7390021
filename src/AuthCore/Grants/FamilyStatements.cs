using System.Data.Common;
using AuthCore.Http;
using AuthCore.Storage;

namespace AuthCore.Grants;

/// <summary>The statements of a refresh. A test holds each against what Entity Framework reads and writes.</summary>
internal static class FamilyStatements
{
    private const int PersonColumn = 24;

    private const string Columns = """
        "FamilyId", "UserId", "ClientId", "RedirectHost", "Resource", "Scopes", "Secret", "ConfirmationKey", "Refreshable", "Unproven", "Generation", "RotatedAt", "RotatedFrom", "Replays",
        "ReuseMarks", "AuthenticatedAt", "CreatedAt", "CreatedFrom", "CreatedAgent", "ExpiresAt", "AbsoluteExpiresAt", "RevokedAt", "RevocationReason", "RevokedBy"
        """;

    private static readonly HotStatement Find = new($"""SELECT {Columns} FROM "TokenFamilies" WHERE "FamilyId" = @1""");

    private static readonly HotStatement FindWithPerson = new($"""
        SELECT {Columns}, "UserId" IS NULL OR EXISTS (SELECT 1 FROM "AspNetUsers" WHERE "Id" = "TokenFamilies"."UserId" AND "DisabledAt" IS NULL)
        FROM "TokenFamilies" WHERE "FamilyId" = @1
        """);

    private static readonly HotStatement Advance = new("""
        UPDATE "TokenFamilies" SET "Generation" = @2 + 1, "RotatedAt" = @3, "RotatedFrom" = @4, "Replays" = 0, "ExpiresAt" = @5
        WHERE "FamilyId" = @1 AND "Generation" = @2
            AND "RevokedAt" IS NULL
            AND "ExpiresAt" > @3
        """);

    private static readonly HotStatement Append = new("""
        INSERT INTO "FamilyGenerations" ("FamilyId", "Generation", "At", "Outcome", "Address", "UserAgent") VALUES (@1, @2, @3, @4, @5, @6)
        """);

    private static readonly HotStatement Revoke = new("""
        UPDATE "TokenFamilies" SET "RevokedAt" = @2, "RevocationReason" = @3, "RevokedBy" = @4
        WHERE "FamilyId" = @1 AND "RevokedAt" IS NULL AND "ExpiresAt" > @5 RETURNING "Generation", "RotatedAt"
        """);

    /// <summary>The family as it is now; null when there is none such. A client that acts for itself needs no person.</summary>
    public static async Task<(TokenFamily? Family, bool IsPersonEnabled)> FindFamilyAsync(this WriteUnit unit, string familyId)
    {
        await using var row = await unit.Prepared(FindWithPerson, familyId).ExecuteReaderAsync();
        return await row.ReadAsync() ? (Read(row), row.GetBoolean(PersonColumn)) : default;
    }

    /// <summary>The family as it is now; null when there is none such.</summary>
    public static ValueTask<TokenFamily?> FindFamilyAsync(this IReadDatabase database, string familyId) => database.FirstAsync(Find, Read, familyId);

    /// <summary>From this generation to the next: the one statement that decides who does it.</summary>
    /// <returns>False when the family is not at this generation any more, or is revoked or expired.</returns>
    public static async Task<bool> TryAdvanceAsync(this WriteUnit unit, string familyId, int generation, DateTimeOffset expiresAt, RequestSource source) =>
        await unit.Prepared(Advance, familyId, generation, Stored(unit.Now), source.Address, Stored(expiresAt)).ExecuteNonQueryAsync() == 1;

    /// <summary>Writes one line of a family's lineage.</summary>
    public static Task AppendGenerationAsync(this WriteUnit unit, string familyId, int generation, GenerationOutcome outcome, RequestSource source) =>
        unit.Prepared(Append, familyId, generation, Stored(unit.Now), outcome.ToString(), source.Address, source.UserAgent).ExecuteNonQueryAsync();

    /// <summary>Revokes one family of which a token could still be accepted, with its line of lineage. Why it was done is another fact, which the caller records.</summary>
    /// <returns>False when there is none such.</returns>
    public static async Task<bool> TryRevokeAsync(this WriteUnit unit, string familyId, RevocationReason why, string actor)
    {
        int generation;
        DateTimeOffset rotatedAt;
        await using (var row = await unit.Prepared(Revoke, familyId, Stored(unit.Now), why.ToString(), actor, Stored(unit.Now - TokenOptions.LongestAccessToken)).ExecuteReaderAsync())
        {
            if (!await row.ReadAsync())
            {
                return false;
            }

            (generation, rotatedAt) = (row.GetInt32(0), row.Time(1));
        }

        await unit.AppendGenerationAsync(familyId, generation, GenerationOutcome.Revoked, RequestSource.None);
        unit.Record(new FamiliesRevoked([new RevokedFamily(familyId, rotatedAt)], actor));
        return true;
    }

    private static TokenFamily Read(DbDataReader row) => new()
    {
        FamilyId = row.GetString(0),
        UserId = row.TextOrNull(1),
        ClientId = row.GetString(2),
        RedirectHost = row.TextOrNull(3),
        Resource = row.GetString(4),
        Scopes = row.GetString(5),
        Secret = row.GetFieldValue<byte[]>(6),
        ConfirmationKey = row.TextOrNull(7),
        Refreshable = row.GetBoolean(8),
        Unproven = row.GetBoolean(9),
        Generation = row.GetInt32(10),
        RotatedAt = row.Time(11),
        RotatedFrom = row.TextOrNull(12),
        Replays = row.GetInt32(13),
        ReuseMarks = row.GetInt32(14),
        AuthenticatedAt = row.Time(15),
        CreatedAt = row.Time(16),
        CreatedFrom = row.TextOrNull(17),
        CreatedAgent = row.TextOrNull(18),
        ExpiresAt = row.Time(19),
        AbsoluteExpiresAt = row.Time(20),
        RevokedAt = row.TimeOrNull(21),
        RevocationReason = row.TextOrNull(22) is { } reason ? Enum.Parse<RevocationReason>(reason) : null,
        RevokedBy = row.TextOrNull(23),
    };

    private static long Stored(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
