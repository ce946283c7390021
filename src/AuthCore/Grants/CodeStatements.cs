using System.Data.Common;
using AuthCore.Storage;

namespace AuthCore.Grants;

/// <summary>The statements of a code's redemption. A test holds each against what Entity Framework reads and writes.</summary>
internal static class CodeStatements
{
    private static readonly HotStatement Find = new("""
        SELECT "Hash", "ClientId", "UserId", "RedirectUri", "CodeChallenge", "Resource", "Scopes", "Refreshable", "AuthenticatedAt", "ExpiresAt", "RedeemedAt", "FamilyId"
        FROM "AuthorizationCodes" WHERE "Hash" = @1
        """);

    private static readonly HotStatement Redeem = new("""
        UPDATE "AuthorizationCodes" SET "RedeemedAt" = @2, "FamilyId" = @3
        WHERE "Hash" = @1 AND "RedeemedAt" IS NULL AND "ExpiresAt" > @2
        """);

    /// <summary>The code as it is now; null when there is none such.</summary>
    public static async Task<AuthorizationCode?> FindCodeAsync(this WriteUnit unit, string hash)
    {
        await using var row = await unit.Prepared(Find, hash).ExecuteReaderAsync();
        return await row.ReadAsync() ? Read(row) : null;
    }

    /// <summary>The one statement that decides who gets the code.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="hash">Which code.</param>
    /// <param name="familyId">The family that it makes; null when it is invalidated.</param>
    /// <returns>False when it was redeemed or has expired.</returns>
    public static async Task<bool> TryRedeemCodeAsync(this WriteUnit unit, string hash, string? familyId) =>
        await unit.Prepared(Redeem, hash, unit.Now.ToUnixTimeMilliseconds(), familyId).ExecuteNonQueryAsync() == 1;

    private static AuthorizationCode Read(DbDataReader row) => new()
    {
        Hash = row.GetString(0),
        ClientId = row.GetString(1),
        UserId = row.GetString(2),
        RedirectUri = row.GetString(3),
        CodeChallenge = row.GetString(4),
        Resource = row.GetString(5),
        Scopes = row.GetString(6),
        Refreshable = row.GetBoolean(7),
        AuthenticatedAt = row.Time(8),
        ExpiresAt = row.Time(9),
        RedeemedAt = row.TimeOrNull(10),
        FamilyId = row.TextOrNull(11),
    };
}
