using UnitTests.TestKit;

namespace UnitTests.Architecture.Namespaces;

/// <summary>The edges that are allowed, and apart from them those that go up or in a circle and have to go. The list only ever gets shorter.</summary>
internal sealed record EdgeList(IReadOnlySet<Edge> Allowed, IReadOnlySet<Edge> ToBeRemoved)
{
    public const string File = "tests/Unit/Architecture/Namespaces/allowed-edges.txt";

    private const string Removal = "# to be removed";

    public IEnumerable<Edge> All => Allowed.Concat(ToBeRemoved);

    public static EdgeList Read() => Parse(Repository.Read(File));

    public static EdgeList Parse(string text)
    {
        HashSet<Edge> allowed = [], toBeRemoved = [];
        var section = allowed;
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            section = line.StartsWith(Removal, StringComparison.Ordinal) ? toBeRemoved : section;
            if (!line.StartsWith('#'))
            {
                section.Add(Edge.Parse(line));
            }
        }

        return new EdgeList(allowed, toBeRemoved);
    }

    /// <summary>The edges of a graph, sorted into the two sections.</summary>
    public static EdgeList Of(NamespaceGraph graph)
    {
        var refused = graph.Edges.Where(graph.IsBad).ToHashSet();
        return new EdgeList(graph.Edges.Except(refused).ToHashSet(), refused);
    }

    public string Write() => string.Join('\n',
    [
        "# Which room may name types of which other. NamespaceGraphTests holds this list: an edge that is not here fails, and so does a line that nothing needs any more.",
        "# UPDATE_NAMESPACES=1 takes away what is gone and moves what has become clean; it never adds. A new edge is written here by hand, with a reason in the commit.",
        "# After the renaming of a room, UPDATE_NAMESPACES=anew writes the list as things are; read what it gained.",
        .. Allowed.Order().Select(edge => edge.ToString()),
        "",
        Removal + ": these go up, or are part of a circle on their floor",
        .. ToBeRemoved.Order().Select(edge => edge.ToString()),
        "",
    ]);
}
