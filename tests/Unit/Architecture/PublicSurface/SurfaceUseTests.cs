using System.Reflection;
using AdminConsole.Security;
using AuthCore;
using McpEndpoint;

namespace UnitTests.Architecture.PublicSurface;

/// <summary>
/// Public is what a part above uses, what that leads to, and what an embedder needs for a reason that is written down (<see cref="NeededByEmbedders"/>). Tests see internals and
/// do not count.
/// </summary>
public sealed class SurfaceUseTests
{
    private static readonly string AuthCorePart = typeof(AuthCoreServices).Assembly.Location;
    private static readonly string McpEndpointPart = typeof(McpEndpointServices).Assembly.Location;
    private static readonly string ConsolePart = typeof(LocalPath).Assembly.Location;
    private static readonly string ThisPart = Assembly.GetExecutingAssembly().Location;

    [Fact]
    public void AuthCore_shows_nothing_that_nobody_needs() => Hold(AuthCorePart, [McpEndpointPart, ConsolePart], NeededByEmbedders.AuthCore);

    [Fact]
    public void McpEndpoint_shows_nothing_that_nobody_needs() => Hold(McpEndpointPart, [ConsolePart], NeededByEmbedders.McpEndpoint);

    [Fact]
    public void What_nobody_above_uses_is_found()
    {
        var alone = SurfaceUse.Unneeded(ThisPart, [], []);
        alone.ShouldContain("SampleOfASurface");
        alone.ShouldContain("SurfaceUseTests");
        alone.ShouldNotContain("SurfaceUse");

        SurfaceUse.Unneeded(ThisPart, [], ["SampleOfASurface"]).Where(name => name.StartsWith("SampleOfASurface", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void A_member_that_nobody_above_calls_is_found()
    {
        var found = SurfaceUse.Unneeded(AuthCorePart, [McpEndpointPart, ConsolePart], []);
        found.ShouldContain("IClientDirectory.FindAsync");
        found.ShouldNotContain("IClientDirectory.ListAsync", "the console calls it");
        found.ShouldNotContain("Roles.Viewer", "the console's pages hold its text");
        found.ShouldNotContain("ICleanup.CleanAsync", "the endpoint implements it");
        found.ShouldNotContain("FamilyRow.FamilyId", "a record comes with its type");
    }

    private static void Hold(string library, string[] users, IReadOnlyDictionary<string, string> needed)
    {
        SurfaceUse.Unneeded(library, users, [.. needed.Keys])
            .ShouldBeEmpty("no part above uses these: make them internal, or say in NeededByEmbedders why who embeds the library needs them");
        var unneeded = SurfaceUse.Unneeded(library, users, []);
        needed.Keys.Where(key => !unneeded.Any(name => name == key || name.StartsWith(key + ".", StringComparison.Ordinal)))
            .ShouldBeEmpty("a part above uses these: NeededByEmbedders need not name them");
    }
}
