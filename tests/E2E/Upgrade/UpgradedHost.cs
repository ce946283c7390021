using McpAuthConsole.E2ETests.Host;

namespace McpAuthConsole.E2ETests.Upgrade;

/// <summary>The host of this version on the data directory of the version before.</summary>
public sealed class UpgradedHost : IAsyncLifetime
{
    /// <summary>The archive in this folder.</summary>
    private const string VersionBefore = "0.1.0";

    private readonly KeptDirectory _kept = new(VersionBefore);
    private RunningHost? _host;

    internal RunningHost Host => _host ?? throw new InvalidOperationException("The host has not been started.");

    internal Keepsake Keepsake => _kept.Keepsake;

    internal StoredRows RowsBefore { get; private set; } = null!;

    /// <summary>As the first start left them, before anybody did anything.</summary>
    internal StoredRows RowsAfter { get; private set; } = null!;

    internal IReadOnlyList<IReadOnlyList<string>> AuditBefore { get; private set; } = [];

    public async Task InitializeAsync()
    {
        _host = await RunningHost.StartAsync(OldConnection.Settings with { Prepare = Unpack });
        RowsAfter = StoredRows.Of(_host);
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    private void Unpack(RunningHost notStarted)
    {
        _kept.Unpack(notStarted);
        RowsBefore = StoredRows.Of(notStarted);
        AuditBefore = KeptDirectory.AuditLines(notStarted);
    }
}
