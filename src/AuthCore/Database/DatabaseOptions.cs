using AuthCore.Hosting;

namespace AuthCore.Database;

/// <summary>Where facts are kept. Section <c>Database</c>, and the connection string <c>AuthCore</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>The section's name.</summary>
    internal const string Section = "Database";

    /// <summary>The provider that this version has.</summary>
    internal const string OnlyProvider = "Sqlite";

    /// <summary><c>Sqlite</c>.</summary>
    public string Provider { get; set; } = OnlyProvider;

    /// <summary>A connection string of that provider; for SQLite null, or empty, means <c>mcp-auth.db</c> in <see cref="AuthCoreOptions.DataDirectory"/>.</summary>
    public string? ConnectionString { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value; }

    /// <summary>Units of work that may wait for the lane before callers are answered 503; 16 to 100,000.</summary>
    public int LaneCapacity { get; set; } = 4096;

    /// <summary>Units of work that share one commit at most; 1 to 10,000.</summary>
    public int LaneBatch { get; set; } = 256;

    /// <summary>How long one unit of work may hold the lane; 1 second to 1 minute. One that takes longer is rolled back with its batch and answered 503.</summary>
    public TimeSpan LaneUnitLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often old rows are purged; 1 second to 1 day.</summary>
    public TimeSpan CleaningPeriod { get; set; } = TimeSpan.FromMinutes(5);
}
