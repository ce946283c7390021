namespace UnitTests.Architecture.Namespaces;

/// <summary>A folder of one part of the product: <c>AuthCore/Token</c>. The files directly below the part are <c>AuthCore/(root)</c>.</summary>
internal readonly record struct Room(string Part, string Name) : IComparable<Room>
{
    public const string Root = "(root)";

    /// <summary>Folders whose subfolders are rooms of their own.</summary>
    private static readonly string[] Split = ["AuthCore/Database", "Console/Features"];

    /// <summary>Part and root namespace of each assembly.</summary>
    public static IReadOnlyDictionary<string, (string Part, string Namespace)> Parts { get; } = new Dictionary<string, (string, string)>
    {
        ["AuthCore"] = ("AuthCore", "AuthCore"),
        ["McpEndpoint"] = ("McpEndpoint", "McpEndpoint"),
        ["McpAuthConsole"] = ("Console", "AdminConsole"),
    };

    /// <summary>The room of a type, or nothing for what no source file declares and for what is not part of the product.</summary>
    public static Room? Of(string assembly, string space, string type)
    {
        if (!Parts.TryGetValue(assembly, out var part) || type.StartsWith('<'))
        {
            return null;
        }

        if (space.Length == 0 || space == part.Namespace)
        {
            return new Room(part.Part, Root);
        }

        if (!space.StartsWith(part.Namespace + ".", StringComparison.Ordinal))
        {
            return null;
        }

        var folders = space[(part.Namespace.Length + 1)..].Split('.');
        // What a scaffolder or a generator put deeper belongs to the folder above it.
        var depth = folders.Length > 1 && folders[1] != "Migrations" && Split.Contains($"{part.Part}/{folders[0]}") ? 2 : 1;
        return new Room(part.Part, string.Join('.', folders[..depth]));
    }

    public static Room Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? throw new FormatException($"'{text}' is no room: write Part/Folder.") : new Room(text[..slash], text[(slash + 1)..]);
    }

    public int CompareTo(Room other) => string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() => $"{Part}/{Name}";
}
