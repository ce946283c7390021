using System.Globalization;
using System.IO.Compression;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Storage;

namespace McpAuthConsole.E2ETests.Upgrade;

/// <summary>
/// A data directory of an older version, as an archive in this folder. This file is the only place that knows SQL, and it knows the old schema, which does
/// not change any more.
/// </summary>
internal sealed class KeptDirectory(string version)
{
    private const long MillisecondsIn2001 = 1_000_000_000_000;
    private static readonly string[] Files = ["mcp-auth.db", "mcp-auth-telemetry.db", "master.key"];

    public string Archive => Repository.PathOf("tests", "E2E", "Upgrade", $"{version}.zip");

    public Keepsake Keepsake
    {
        get
        {
            using var archive = ZipFile.OpenRead(Archive);
            using var json = archive.GetEntry(Keepsake.FileName)!.Open();
            return Keepsake.Parse(json);
        }
    }

    /// <summary>Keeps the directory of a host that was stopped. A prepared booking can be confirmed for a few minutes only: it gets a day.</summary>
    public void Keep(RunningHost stopped, Keepsake keepsake)
    {
        using (var database = new OtherProgram(stopped.Database()))
        {
            database.Execute("UPDATE McpPendingActions SET ExpiresAt = ExpiresAt + 86400000 WHERE State = 0");
            database.Execute("VACUUM");
        }

        using (var telemetry = new OtherProgram(stopped.Telemetry()))
        {
            telemetry.Execute("VACUUM");
        }

        File.Delete(Archive);
        using var archive = ZipFile.Open(Archive, ZipArchiveMode.Create);
        foreach (var file in Files)
        {
            archive.CreateEntryFromFile(Path.Combine(stopped.DataDirectory, file), file, CompressionLevel.SmallestSize);
        }

        using var json = new StreamWriter(archive.CreateEntry(Keepsake.FileName, CompressionLevel.SmallestSize).Open());
        json.Write(keepsake.ToJson());
    }

    /// <summary>
    /// Puts the directory in the host's place, as though it had been written a minute ago and at the host's address. The audit trail stays as it was: its
    /// hashes cover its times.
    /// </summary>
    public void Unpack(RunningHost host)
    {
        Directory.CreateDirectory(host.DataDirectory);
        using (var archive = ZipFile.OpenRead(Archive))
        {
            foreach (var file in Files)
            {
                archive.GetEntry(file)!.ExtractToFile(Path.Combine(host.DataDirectory, file));
            }
        }

        var keepsake = Keepsake;
        using var database = new OtherProgram(host.Database());
        // Whole minutes: one table counts by the minute.
        var since = TimeSpan.FromMinutes(Math.Floor((DateTimeOffset.UtcNow - keepsake.MadeAt).TotalMinutes));
        foreach (var (table, column, _) in database.Columns().Where(column => column is { Type: "INTEGER", Table: not "AuditLines" }))
        {
            database.Execute(string.Create(CultureInfo.InvariantCulture, $"UPDATE \"{table}\" SET \"{column}\" = \"{column}\" + {since.TotalMilliseconds:F0} WHERE \"{column}\" > {MillisecondsIn2001}"));
        }

        foreach (var table in new[] { "TokenFamilies", "AuthorizationCodes" })
        {
            database.Execute($"UPDATE {table} SET Resource = '{host.McpEndpoint}'");
        }
    }

    /// <summary>The lines of the old trail, in order: number, action, actor, subject and address, as the console shows them.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> AuditLines(RunningHost host)
    {
        using var database = new OtherProgram(host.Database());
        return [.. database.Rows("SELECT Sequence, Action, Actor, Subject, coalesce(Address, 'this host') FROM AuditLines ORDER BY Sequence")];
    }
}
