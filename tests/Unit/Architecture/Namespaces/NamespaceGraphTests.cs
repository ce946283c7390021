using UnitTests.TestKit;

namespace UnitTests.Architecture.Namespaces;

/// <summary>Keeps the floors. Set <c>UPDATE_NAMESPACES=1</c> to shorten the list of edges and to write <c>docs/namespaces.md</c> anew.</summary>
public sealed class NamespaceGraphTests
{
    private static readonly NamespaceGraph Graph = NamespaceGraph.OfTheProduct();

    private readonly EdgeList _list;

    public NamespaceGraphTests()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_NAMESPACES") is { Length: > 0 } update)
        {
            NamespaceCommand.Update(Graph, anew: update == "anew");
        }

        _list = EdgeList.Read();
    }

    [Fact]
    public void No_room_names_one_that_it_did_not_name_before() => Graph.Edges.Except(_list.All)
        .Select(edge => $"{edge}: {string.Join(", ", Graph.Uses[edge].Take(5))}")
        .ShouldBeEmpty($"move the type to a lower floor, or turn the call around; an edge that has to be goes into {EdgeList.File} with a reason in the commit");

    [Fact]
    public void The_list_has_no_edge_that_is_gone() => _list.All.Except(Graph.Edges).ShouldBeEmpty("well done: run with UPDATE_NAMESPACES=1, which takes these lines away");

    [Fact]
    public void No_room_names_a_higher_floor() => Graph.Edges.Where(Floors.Refuses).Except(_list.ToBeRemoved)
        .Select(edge => $"{edge}: {string.Join(", ", Graph.Uses[edge].Take(5))}")
        .ShouldBeEmpty("a room knows the floors below it; what both need belongs further down");

    [Fact]
    public void Every_room_has_a_floor() =>
        Graph.Rooms.Where(room => Floors.Of(room) is null).Except(_list.ToBeRemoved.SelectMany(edge => new[] { edge.From, edge.To })).ShouldBeEmpty($"add it to {nameof(Floors)}");

    [Fact]
    public void No_rooms_name_each_other_in_a_circle() => Graph.Edges.Where(Graph.IsInCircle).Except(_list.ToBeRemoved).ShouldBeEmpty("turn one of these around");

    [Fact]
    public void What_is_clean_by_now_is_not_held_as_to_be_removed() => _list.ToBeRemoved.Where(edge => !Graph.IsBad(edge))
        .ShouldBeEmpty("run with UPDATE_NAMESPACES=1, which moves these lines to the allowed ones");

    [Fact]
    public void The_page_is_up_to_date()
    {
        var page = Repository.Read(NamespacePage.File);
        page.ShouldBe(NamespacePage.Write(Graph, page), "run with UPDATE_NAMESPACES=1");
    }

    [Theory]
    [InlineData("AuthCore", "AuthCore.Token.Grants", "AuthCore/Token")]
    [InlineData("AuthCore", "AuthCore.Database.Sqlite.Migrations", "AuthCore/Database.Sqlite")]
    [InlineData("McpEndpoint", "McpEndpoint.Storage.Migrations", "McpEndpoint/Storage")]
    [InlineData("McpAuthConsole", "AdminConsole.Features.Users", "Console/Features.Users")]
    [InlineData("McpAuthConsole", "", "Console/(root)")]
    [InlineData("System.Runtime", "System", "")]
    public void A_room_is_a_folder(string assembly, string space, string room) => Room.Of(assembly, space, "SomeType").ToString().ShouldBe(room);
}
