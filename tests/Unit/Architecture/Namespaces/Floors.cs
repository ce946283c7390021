namespace UnitTests.Architecture.Namespaces;

/// <summary>The floor of each room: a room imports from floors below it, or from a neighbour on its own floor in one direction.</summary>
internal static class Floors
{
    private static readonly Dictionary<string, string[][]> Plan = new()
    {
        ["AuthCore"] =
        [
            /* 0 pure        */ ["Protocol", "Hosting"],
            /* 1 ground      */ ["Storage", "Telemetry", "Http", "Hooks"],
            /* 2 nouns       */ ["Users", "Clients", "Grants", "Keys", "Audit", "RateLimits", "ResourceServer"],
            /* 3 verbs       */ ["Authorize", "Consent", "Device", "Token", "Revocation", "Introspection", "Metadata", "Registration", "Accounts"],
            /* 4 composition */ [Room.Root, "Database", "Database.Sqlite", "Database.PostgreSql"],
        ],
        ["McpEndpoint"] =
        [
            /* 0 ground      */ ["Storage", "Telemetry"],
            /* 1 catalogue   */ ["Tools"],
            /* 2 features    */ ["Confirmation", "Apps", "Upstream"],
            /* 3 surface     */ ["Http", "Samples"],
            /* 4 composition */ [Room.Root, "Database"],
        ],
        ["Console"] =
        [
            /* 0 base        */ ["Security"],
            /* 1 shared      */ ["Shared"],
            /* 2 pages       */ ["Features.*"],
            /* 3 hosting     */ ["Hosting"],
            /* 4 composition */ ["Commands", Room.Root],
        ],
    };

    public static IEnumerable<string> Parts => Plan.Keys;

    public static int Count(string part) => Plan[part].Length;

    /// <summary>The floor, from 0 at the bottom; nothing for a room that the plan does not know.</summary>
    public static int? Of(Room room)
    {
        var floor = Array.FindIndex(Plan[room.Part], rooms => rooms.Contains(room.Name) || rooms.Contains(room.Name.Split('.')[0] + ".*"));
        return floor < 0 ? null : floor;
    }

    /// <summary>Whether the edge goes up, or comes from or leads to a room that has no floor.</summary>
    public static bool Refuses(Edge edge) => edge.From.Part == edge.To.Part && !(Of(edge.To) <= Of(edge.From));
}
