using AuthCore.Database.Sqlite;
using AuthCore.Hosting;

namespace UnitTests.AuthCore.Database.Sqlite;

public sealed class RealPathTests : IDisposable
{
    private readonly string _folder = RealPath.Of(Directory.CreateTempSubdirectory("real-path-").FullName);

    private string At(params string[] names) => Path.Combine([_folder, .. names]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_link_on_the_way_is_followed()
    {
        Directory.CreateDirectory(At("real"));
        Directory.CreateSymbolicLink(At("folder"), "real");
        File.CreateSymbolicLink(At("real", "link.db"), "mcp.db");
        RealPath.Of(At("real", "mcp.db")).ShouldBe(At("real", "mcp.db"), "which need not be there yet");
        RealPath.Of(At("folder", "mcp.db")).ShouldBe(At("real", "mcp.db"));
        RealPath.Of(At("folder", "link.db")).ShouldBe(At("real", "mcp.db"));
    }

    [Fact]
    public void A_circle_is_refused()
    {
        File.CreateSymbolicLink(At("one"), "two");
        File.CreateSymbolicLink(At("two"), "one");
        Should.Throw<BrokenSetupException>(() => RealPath.Of(At("one"))).Message.ShouldContain("circle");
    }
}
