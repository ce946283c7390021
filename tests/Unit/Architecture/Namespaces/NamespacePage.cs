using System.Globalization;
using System.Text;

namespace UnitTests.Architecture.Namespaces;

/// <summary><c>docs/namespaces.md</c>: the rooms by floor, what each names, and what is left of the knot.</summary>
internal static class NamespacePage
{
    public const string File = "docs/namespaces.md";

    /// <summary>Below this line the page is written by hand and kept.</summary>
    private const string Kept = "## Before the plan was redrawn";

    public static string Write(NamespaceGraph graph, string page)
    {
        var text = new StringBuilder(
            """
            # Rooms, and which names which

            Written by `UPDATE_NAMESPACES=1 dotnet test tests/Unit --filter NamespaceGraph` from the compiled parts: signatures, attributes and code, not comments and not
            constants, whose values are copied. A room is a folder. It names rooms on floors below it, or a neighbour on its own floor in one direction. `Part/*` is all of a part, seen
            from another. What is allowed is listed in [allowed-edges.txt](../tests/Unit/Architecture/Namespaces/allowed-edges.txt), and that list only gets shorter.

            The types behind an edge, from what is built already: `dotnet run --project tests/Unit -c Release --no-build -- namespaces AuthCore/Token AuthCore/Clients` (with one room: all its
            edges; with `bad`: those that go up or in a circle; with nothing: the whole graph).


            """);
        foreach (var part in Floors.Parts)
        {
            Part(text, graph, part);
        }

        text.Append("## Between the parts\n\n| Part | names of the other |\n| --- | --- |\n");
        foreach (var edges in graph.Edges.Where(edge => edge.From.Name == "*").GroupBy(edge => (edge.From.Part, Other: edge.To.Part)))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {edges.Key.Part} | {edges.Key.Other}: {string.Join(", ", edges.Select(edge => edge.To.Name))} |\n");
        }

        var kept = page.IndexOf(Kept, StringComparison.Ordinal);
        return kept < 0 ? text.ToString() : text.Append('\n').Append(page[kept..]).ToString();
    }

    /// <summary>Numbers and members of every knot, for one part.</summary>
    public static string Summary(NamespaceGraph graph, string part)
    {
        var edges = graph.Edges.Where(edge => edge.From.Part == part && edge.To.Part == part).ToArray();
        var rooms = graph.Rooms.Count(room => room.Part == part);
        var cycles = graph.Cycles().Where(cycle => cycle[0].Part == part).Select(cycle => $"{cycle.Count} in one cycle ({string.Join(", ", cycle.Select(room => room.Name))})").ToArray();
        var pairs = graph.MutualPairs().Where(pair => pair.From.Part == part).Select(pair => $"{pair.From.Name} <-> {pair.To.Name}").ToArray();
        return $"{rooms} rooms, {edges.Length} edges, {edges.Count(Floors.Refuses)} of them upwards or to a room without a floor. "
            + $"Cycles: {(cycles.Length == 0 ? "none" : string.Join("; ", cycles))}. Mutual pairs: {(pairs.Length == 0 ? "none" : $"{pairs.Length} ({string.Join(", ", pairs)})")}.";
    }

    private static void Part(StringBuilder text, NamespaceGraph graph, string part)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {part}\n\n{Summary(graph, part)}\n\n| Floor | Room | names |\n| --- | --- | --- |\n");
        foreach (var room in graph.Rooms.Where(room => room.Part == part).OrderByDescending(room => Floors.Of(room) ?? int.MaxValue).ThenBy(room => room))
        {
            var named = graph.Edges.Where(edge => edge.From == room).Select(edge => graph.IsBad(edge) ? $"**{edge.To.Name}**" : edge.To.Name);
            text.Append(CultureInfo.InvariantCulture, $"| {Floors.Of(room)?.ToString(CultureInfo.InvariantCulture) ?? "?"} | {room.Name} | {string.Join(", ", named)} |\n");
        }

        text.Append("\nBold: upwards, or part of a circle on its floor.\n\n");
    }
}
