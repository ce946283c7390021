using Microsoft.Data.Sqlite;

namespace Bench.Silence;

/// <summary>Fills the database of a stopped host, and makes rows old in that of a running one. As plain SQL: a million families by way of the product would take an hour.</summary>
internal static class ManyFamilies
{
    /// <summary>A client of the settings that has as many connections as are to be ended.</summary>
    public const string ClientId = "bench-many";

    private const string Family =
        """
        INSERT INTO TokenFamilies
            (FamilyId, UserId, ClientId, RedirectHost, Resource, Scopes, Secret, Refreshable, Unproven, Generation, RotatedAt, RotatedFrom, Replays, ReuseMarks,
             AuthenticatedAt, CreatedAt, CreatedFrom, CreatedAgent, ExpiresAt, AbsoluteExpiresAt)
        SELECT printf('%012x%020x', $now - 86400000, n), CASE WHEN n <= $ends THEN $user ELSE 'user-' || (n % 20000) END,
            CASE WHEN n > $ends AND n <= 2 * $ends THEN $client ELSE 'client-' || (n % 5000) END,
            '127.0.0.1', 'http://127.0.0.1/mcp', 'bench:read', randomblob(32), 1, 0, 2, $now - 3600000, '192.0.2.1', 0, 0,
            $now - 86400000, $now - 86400000, '192.0.2.1', 'bench', $now + 1209600000, $now + 2592000000
        FROM n
        """;

    private const string Line =
        "INSERT INTO FamilyGenerations (FamilyId, Generation, At, Outcome, Address, UserAgent) "
        + "SELECT printf('%012x%020x', $now - 86400000, n), $generation, $now - 86400000 / $generation, 'Rotated', '192.0.2.1', 'bench' FROM n";

    /// <summary>So many families with two lines of lineage each; of the first ones, so many are one person's, and as many one client's.</summary>
    public static void Add(string database, int families, int ends, string userId)
    {
        using var connection = Open(database);
        const int AtOnce = 50_000;
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        for (var first = 1; first <= families; first += AtOnce)
        {
            var numbers = $"WITH RECURSIVE n(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM n WHERE n < {Math.Min(first + AtOnce - 1, families)}) ";
            using var transaction = connection.BeginTransaction();
            Execute(connection, numbers + Family, ("$now", now), ("$ends", ends), ("$user", userId), ("$client", ClientId));
            Execute(connection, numbers + Line, ("$now", now), ("$generation", 1));
            Execute(connection, numbers + Line, ("$now", now), ("$generation", 2));
            transaction.Commit();
        }
    }

    /// <summary>Makes the last ones so old that they are purged.</summary>
    public static void MakeOld(string database, int count)
    {
        using var connection = Open(database);
        Execute(
            connection,
            "UPDATE TokenFamilies SET ExpiresAt = 1, RotatedAt = 1 WHERE rowid IN (SELECT rowid FROM TokenFamilies WHERE ClientId LIKE 'client-%' AND RevokedAt IS NULL ORDER BY rowid DESC LIMIT $count)",
            ("$count", count));
        Execute(connection, "UPDATE FamilyGenerations SET At = 0 WHERE FamilyId IN (SELECT FamilyId FROM TokenFamilies WHERE ExpiresAt = 1)");
    }

    /// <summary>How many of that person, or of that client, are not revoked.</summary>
    public static long CountLeft(string database, string column, string id)
    {
        using var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM TokenFamilies WHERE {column} = $id AND RevokedAt IS NULL";
        command.Parameters.AddWithValue("$id", id);
        return (long)command.ExecuteScalar()!;
    }

    private static SqliteConnection Open(string database)
    {
        var connection = new SqliteConnection($"Data Source={database};Pooling=False;Default Timeout=60");
        connection.Open();
        Execute(connection, "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}
