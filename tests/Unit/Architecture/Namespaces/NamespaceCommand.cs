using System.Globalization;
using UnitTests.TestKit;

namespace UnitTests.Architecture.Namespaces;

/// <summary><c>dotnet run --project tests/Unit -c Release --no-build -- namespaces [bad | room [room]]</c>: the graph with the types that make it.</summary>
internal static class NamespaceCommand
{
    public static void Run(TextWriter writer, string[] rooms)
    {
        var files = Room.Parts.Select(part => Newest(part.Key, part.Value.Part)).ToArray();
        foreach (var file in files)
        {
            writer.WriteLine($"# {Path.GetRelativePath(Repository.Root, file)}, built {File.GetLastWriteTime(file).ToString("HH:mm:ss", CultureInfo.InvariantCulture)}");
        }

        var graph = NamespaceGraph.Of(files);
        var shown = graph.Uses.Where(use => rooms is ["bad"] ? graph.IsBad(use.Key) : Matches(use.Key, rooms)).ToArray();
        foreach (var (edge, types) in shown)
        {
            writer.WriteLine($"{edge}{(Floors.Refuses(edge) ? "  UP" : "")}{(graph.IsInCircle(edge) ? "  CIRCLE" : "")}  ({types.Count})");
            foreach (var pair in rooms.Length > 0 ? types : [])
            {
                writer.WriteLine($"    {pair}");
            }
        }

        foreach (var part in Floors.Parts.Where(_ => rooms.Length == 0))
        {
            writer.WriteLine($"{part}: {NamespacePage.Summary(graph, part)}");
        }
    }

    /// <summary>Shortens the list and writes the page. <paramref name="anew"/>: a room has got another name, so the list is written as things are now; a reviewer reads what it gained.</summary>
    public static void Update(NamespaceGraph graph, bool anew)
    {
        var now = EdgeList.Of(graph);
        var file = Path.Combine(Repository.Root, EdgeList.File);
        if (!anew)
        {
            var known = EdgeList.Read();
            now = new EdgeList(now.Allowed.Intersect(known.All).ToHashSet(), now.ToBeRemoved.Intersect(known.ToBeRemoved).ToHashSet());
        }

        File.WriteAllText(file, now.Write());
        var page = Path.Combine(Repository.Root, NamespacePage.File);
        File.WriteAllText(page, NamespacePage.Write(graph, File.Exists(page) ? File.ReadAllText(page) : ""));
    }

    /// <summary>With two rooms the edges between them, both ways; a name may leave out the part.</summary>
    private static bool Matches(Edge edge, string[] rooms) => rooms switch
    {
        [] => true,
        [var one] => Is(edge.From, one) || Is(edge.To, one),
        [var one, var other, ..] => (Is(edge.From, one) && Is(edge.To, other)) || (Is(edge.From, other) && Is(edge.To, one)),
    };

    private static bool Is(Room room, string name) => room.ToString() == name || room.Name == name;

    /// <summary>The part's own output may be newer than the copy beside the tests, when these do not compile yet.</summary>
    private static string Newest(string assembly, string part)
    {
        var sources = Path.Combine(Repository.Root, "src", part, "bin");
        return (Directory.Exists(sources) ? Directory.EnumerateFiles(sources, assembly + ".dll", SearchOption.AllDirectories) : [])
            .Append(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"))
            .MaxBy(File.GetLastWriteTimeUtc)!;
    }
}
