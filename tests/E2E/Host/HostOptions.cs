namespace McpAuthConsole.E2ETests.Host;

/// <summary>How a host is started. <paramref name="Administrator"/> null leaves it to the set-up page.</summary>
internal sealed record HostOptions(Person? Administrator)
{
    public static HostOptions Default { get; } = new(Person.Administrator);

    /// <summary>For tests that send more from one address in a minute than people do.</summary>
    public static HostOptions WithoutRateLimits { get; } = Default with { Settings = new Dictionary<string, string> { ["RateLimits__Enabled"] = "false" } };

    /// <summary>What clients call the host where that is not the address it listens on: the origin of a proxy in front of it.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>What the process is started with.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Fills the data directory before the first start.</summary>
    public Action<RunningHost>? Prepare { get; init; }

    /// <summary>More settings, as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
