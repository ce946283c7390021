using Mono.Cecil;

namespace UnitTests.Architecture.Namespaces;

/// <summary>Which room names types of which other, read from the compiled parts. Between parts, all rooms of the part that asks are one: <c>McpEndpoint/*</c>.</summary>
internal sealed class NamespaceGraph
{
    private readonly SortedDictionary<Edge, SortedSet<string>> _uses = [];

    /// <summary>Each edge with the pairs of types that make it, as <c>Asker -> Asked</c>.</summary>
    public IReadOnlyDictionary<Edge, SortedSet<string>> Uses => _uses;

    public IEnumerable<Edge> Edges => _uses.Keys;

    public SortedSet<Room> Rooms { get; } = [];

    /// <summary>The parts as they lie beside the tests.</summary>
    public static NamespaceGraph OfTheProduct() => Of(Room.Parts.Keys.Select(name => Path.Combine(AppContext.BaseDirectory, name + ".dll")));

    public static NamespaceGraph Of(IEnumerable<string> assemblies)
    {
        var graph = new NamespaceGraph();
        foreach (var file in assemblies)
        {
            using var module = ModuleDefinition.ReadModule(file);
            foreach (var type in module.Types)
            {
                graph.Add(type);
            }
        }

        return graph;
    }

    /// <summary>Rooms that reach each other within one part: one cannot be read without the others. Largest first.</summary>
    public IReadOnlyList<IReadOnlyList<Room>> Cycles() =>
    [
        .. Rooms.GroupBy(room => string.Join(' ', Rooms.Where(other => other == room || (Reach(room).Contains(other) && Reach(other).Contains(room)))))
            .Where(knot => knot.Count() > 1)
            .OrderByDescending(knot => knot.Count())
            .Select(knot => knot.ToArray()),
    ];

    /// <summary>Whether neighbours on one floor name each other in a circle through this edge. Circles over several floors have an edge that goes up, which is the one to blame.</summary>
    public bool IsInCircle(Edge edge) => !Floors.Refuses(edge) && Reach(edge.To, next => !Floors.Refuses(next)).Contains(edge.From);

    /// <summary>Goes up, or is part of a circle on its floor.</summary>
    public bool IsBad(Edge edge) => Floors.Refuses(edge) || IsInCircle(edge);

    /// <summary>Pairs of rooms that name each other.</summary>
    public IEnumerable<Edge> MutualPairs() => Edges.Where(edge => edge.From.CompareTo(edge.To) < 0 && _uses.ContainsKey(new Edge(edge.To, edge.From)));

    private HashSet<Room> Reach(Room from, Func<Edge, bool>? follow = null)
    {
        HashSet<Room> reached = [];
        Queue<Room> toVisit = new([from]);
        while (toVisit.TryDequeue(out var room))
        {
            foreach (var next in Edges.Where(edge => edge.From == room && follow?.Invoke(edge) != false).Select(edge => edge.To).Where(reached.Add))
            {
                toVisit.Enqueue(next);
            }
        }

        return reached;
    }

    private void Add(TypeDefinition type)
    {
        if (RoomOf(type) is not { } asker)
        {
            return;
        }

        Rooms.Add(asker);
        foreach (var named in TypeReferences.Of(type))
        {
            if (RoomOf(named) is { } asked && asked != asker)
            {
                var edge = new Edge(asked.Part == asker.Part ? asker : asker with { Name = "*" }, asked);
                _uses.TryAdd(edge, new SortedSet<string>(StringComparer.Ordinal));
                _uses[edge].Add($"{ShortName(type)} -> {ShortName(named)}");
            }
        }
    }

    private static string ShortName(TypeReference type)
    {
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? type.Name : type.Name[..tick];
    }

    private static Room? RoomOf(TypeReference type) => Room.Of(
        type.Scope is ModuleDefinition module ? module.Assembly.Name.Name : type.Scope.Name,
        type.Namespace,
        type.Name);
}

/// <summary>One room names types of another.</summary>
internal readonly record struct Edge(Room From, Room To) : IComparable<Edge>
{
    public static Edge Parse(string line) => line.Split(" -> ") is [var from, var to]
        ? new Edge(Room.Parse(from.Trim()), Room.Parse(to.Trim()))
        : throw new FormatException($"'{line}' is no edge: write Part/Folder -> Part/Folder.");

    public int CompareTo(Edge other) => From.CompareTo(other.From) is var order && order != 0 ? order : To.CompareTo(other.To);

    public override string ToString() => $"{From} -> {To}";
}
