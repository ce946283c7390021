using AuthCore.Database.Sqlite;
using AuthCore.Hosting;

namespace UnitTests.AuthCore.Database.Sqlite;

public sealed class OwnershipTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ownership-").FullName;

    private string At(string name) => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_directory_has_one_owner_at_a_time()
    {
        using (Ownership.Take(At("one"), databaseFile: null))
        {
            Should.Throw<BrokenSetupException>(() => Ownership.Take(At("one"), databaseFile: null)).Message.ShouldStartWith("DataDirectory: ");
        }

        Ownership.Take(At("one"), databaseFile: null).Dispose();
    }

    [Fact]
    public void So_has_a_database_file_whatever_leads_there_and_who_is_refused_keeps_nothing()
    {
        File.CreateSymbolicLink(At("link.db"), "mcp.db");
        using (Ownership.Take(At("one"), At("mcp.db")))
        {
            Should.Throw<BrokenSetupException>(() => Ownership.Take(At("two"), At("link.db"))).Message.ShouldStartWith("Database: ");
        }

        Ownership.Take(At("two"), At("link.db")).Dispose();
    }
}
