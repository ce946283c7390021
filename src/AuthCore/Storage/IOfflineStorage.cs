using AuthCore.Hosting;

namespace AuthCore.Storage;

/// <summary>Storage for whatever runs while the host does not: it is opened as it is, owned as a running host owns it, and closed again.</summary>
internal interface IOfflineStorage
{
    /// <summary>Runs the work on the open storage.</summary>
    /// <exception cref="BrokenSetupException">The host is running, there is no database, or storage cannot be opened as it is set up.</exception>
    Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken);
}
