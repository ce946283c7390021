using AuthCore.Hosting;
using AuthCore.Storage;

namespace AuthCore.Database.Sqlite;

internal sealed class SqliteOfflineStorage(SqliteDatabase database, SqliteStorage storage) : IOfflineStorage
{
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        if (!File.Exists(database.FilePath))
        {
            throw new BrokenSetupException($"There is no database at {database.FilePath}. Say where the host's DataDirectory is, as it is said to the host.");
        }

        AssertHostIsStopped();
        try
        {
            await storage.OpenAsync(cancellationToken);
            return await work();
        }
        finally
        {
            await storage.StoppedAsync(CancellationToken.None);
            storage.Dispose();
        }
    }

    private void AssertHostIsStopped()
    {
        try
        {
            Ownership.Take(database.DataDirectory, database.IsInMemory ? null : database.FilePath).Dispose();
        }
        catch (BrokenSetupException running)
        {
            throw new BrokenSetupException($"The host is running on {database.DataDirectory}: stop it first, or use its console.", running);
        }
    }
}
