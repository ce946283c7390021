using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Bench.Scale;

/// <summary>
/// Fills the tables of a stopped host by SQL. Families come in the order of their beginning over 45 days, as they would; most clients have a few of them, one has a twentieth
/// of all, as has one person. What looks like chance is a multiple of the row's number, so that two directories of one size are the same.
/// </summary>
internal static class ScaleData
{
    public static string ClientId(int number) => string.Create(CultureInfo.InvariantCulture, $"c1{number:x30}");

    public static string UserId(int number) => string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{number:d12}");

    public static void Fill(string folder, ScaleSize size)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "mcp-auth.db"), Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = "ATTACH DATABASE $telemetry AS telemetry; PRAGMA cache_size = -400000;";
        command.Parameters.AddWithValue("$telemetry", Path.Combine(folder, "mcp-auth-telemetry.db"));
        command.ExecuteNonQuery();
        command.Parameters.AddWithValue("$now", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$families", size.Families);
        command.Parameters.AddWithValue("$clients", size.Clients);
        command.Parameters.AddWithValue("$people", size.People);
        command.Parameters.AddWithValue("$lines", size.AuditLines);
        command.CommandText = $"BEGIN;{People}{Clients}{Families}{Audit}COMMIT;PRAGMA wal_checkpoint(TRUNCATE);";
        command.ExecuteNonQuery();
    }

    private const string People =
        """
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $people)
        INSERT INTO AspNetUsers (Id, CreatedAt, UserName, NormalizedUserName, Email, NormalizedEmail, EmailConfirmed, PasswordHash, SecurityStamp, ConcurrencyStamp,
            PhoneNumberConfirmed, TwoFactorEnabled, LockoutEnabled, AccessFailedCount)
        SELECT printf('00000000-0000-4000-8000-%012d', i), $now - 8640000000 + i, mail, upper(mail), mail, upper(mail), 1, hex(zeroblob(42)), printf('%032x', i), printf('%032x', i), 0, 0, 1, 0
        FROM (SELECT i, printf('person%05d@example.org', i) AS mail FROM n);
        """;

    private const string Clients =
        """
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $clients)
        INSERT INTO Clients (ClientId, Name, Origin, AuthMethod, RedirectUris, GrantTypes, ApplicationType, Size, CreatedAt, CreatedFrom, LastGrantedAt, DisabledAt)
        SELECT printf('c1%030x', i), iif(i % 3 = 0, 'client ', 'Client ') || i, iif(i % 1000 = 7, 'Preregistered', 'Dynamic'), 'none', '["http://127.0.0.1/callback"]',
            '["authorization_code","refresh_token"]', 'native', 400, $now - 7776000000 + i * (7776000000 / $clients), printf('198.51.%d.%d', i / 250 % 250, i % 250),
            iif(i % 20 = 3, NULL, $now), iif(i % 50 = 9, $now, NULL)
        FROM n;
        """;

    /// <summary>Seven in ten go on to their end, the others stop somewhere; one in twelve is revoked, and one in twenty was never seen.</summary>
    private const string Families =
        """
        CREATE TEMP TABLE made AS
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $families),
        begun AS (SELECT i, $now - 3888000000 + i * (3888000000 / $families) AS began, i * 2654435761 % 1000003 AS a, i * 40503 % 999983 AS b FROM n),
        ended AS (SELECT *, min($now, began + 2592000000) AS upto FROM begun),
        used AS (SELECT *, iif(a % 10 < 7, upto - (upto - began) * (b % 100) / 1000, began + (upto - began) * (b % 1000) / 1000) AS rotated FROM ended)
        SELECT *, printf('%012x7%03x%016x', began, a % 4096, i) AS id,
            iif(b % 20 = 0, 0, (a * 1.0 / 1000003) * (a * 1.0 / 1000003) * $clients) AS client, iif(a % 20 = 1, 0, (a + b) % $people) AS person, a % 12 = 5 AS revoked
        FROM used;
        INSERT INTO TokenFamilies (FamilyId, UserId, ClientId, RedirectHost, Resource, Scopes, Secret, Refreshable, Generation, RotatedAt, RotatedFrom, Replays, ReuseMarks, AuthenticatedAt,
            CreatedAt, CreatedFrom, CreatedAgent, ExpiresAt, AbsoluteExpiresAt, RevokedAt, RevocationReason, RevokedBy)
        SELECT id, printf('00000000-0000-4000-8000-%012d', person), printf('c1%030x', client), '127.0.0.1:33418', 'http://127.0.0.1:5080/mcp',
            CASE i % 3 WHEN 0 THEN 'bench:read' WHEN 1 THEN 'account:read slots:book' ELSE 'account:read' END, randomblob(32), 1, 1 + b % 400, rotated,
            printf('192.0.2.%d', b % 250), 0, iif(revoked AND i % 97 = 0, 2, 0), began, began, printf('192.0.2.%d', a % 250), 'node', min(rotated + 1209600000, began + 2592000000),
            began + 2592000000, iif(revoked, rotated, NULL), iif(revoked, iif(i % 97 = 0, 'RefreshTokenReused', 'Superseded'), NULL), NULL
        FROM made ORDER BY i;
        INSERT INTO FamilyGenerations (FamilyId, Generation, At, Outcome, Address, UserAgent)
        SELECT id, g, began + (rotated - began) * (g - 1) / 2, iif(g = 1, 'Issued', 'Rotated'), printf('192.0.2.%d', b % 250), 'node' FROM made, (SELECT 1 AS g UNION ALL SELECT 2 UNION ALL SELECT 3);
        INSERT INTO telemetry.FamilyActivity
        SELECT id, min($now, rotated + b % 300000), printf('192.0.2.%d', b % 250), 'node' FROM made WHERE a % 20 <> 9;
        DROP TABLE made;
        """;

    private const string Audit =
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $lines)
        INSERT INTO Facts (Sequence, Writer, Number, At, Name, Actor, Subject, Data, Address, Hash)
        SELECT i + base, 'bench', i, $now - 3888000000 + i * (3888000000 / $lines), iif(i % 12 = 0, 'family.revoked', 'family.begun'), printf('00000000-0000-4000-8000-%012d', i % $people),
            printf('%032x', i), printf('{"ClientId":"c1%030x","Scopes":"account:read"}', i % $clients), '192.0.2.9', zeroblob(32)
        FROM n, (SELECT coalesce(max(Sequence), 0) AS base FROM Facts);
        """;
}
