using AuthCore.Storage;

namespace AuthCore.Users;

/// <summary>What a refresh asks of people.</summary>
internal static class UserStatements
{
    private static readonly HotStatement Enabled = new("""SELECT 1 FROM "AspNetUsers" WHERE "Id" = @1 AND "DisabledAt" IS NULL""");

    /// <summary>Whether there is such a person, who is not disabled.</summary>
    public static async Task<bool> IsEnabledAsync(this WriteUnit unit, string userId) => await unit.Prepared(Enabled, userId).ExecuteScalarAsync() is not null;
}
