using AuthCore.Storage;

namespace AuthCore.Clients;

/// <summary>What a grant writes of its client.</summary>
internal static class ClientStatements
{
    private static readonly HotStatement Granted = new("""UPDATE "Clients" SET "LastGrantedAt" = @2 WHERE "ClientId" = @1""");

    /// <summary>A person has allowed the client something: it is not an unused registration any more.</summary>
    public static Task MarkGrantedAsync(this WriteUnit unit, string clientId) => unit.Prepared(Granted, clientId, unit.Now.ToUnixTimeMilliseconds()).ExecuteNonQueryAsync();
}
