using AuthCore.Clients.Names;

namespace AdminConsole.Shared;

/// <summary>What there is to say about a client's name: a few words for a list, a sentence for a person who decides.</summary>
internal static class NameWords
{
    // What no honest client's name has. A name that is only said to be a known one is what the honest client has as well.
    private const NameWarnings Alarms = NameWarnings.SaysItIsThisServer | NameWarnings.LooksLikeKnown | NameWarnings.HidesCharacters;

    private static readonly (NameWarnings Warning, Func<ClientName, string> Badge, Func<ClientName, string> Short, string Long)[] All =
    [
        (NameWarnings.SaysItIsThisServer, _ => "uses this server’s name", _ => "It uses the name of this server.",
            "This server never asks for access to itself: the request comes from a program that nobody has verified. Deny it unless you know why it is called so."),
        (NameWarnings.LooksLikeKnown, name => $"looks like {name.Resembles}", name => $"The name looks like “{name.Resembles}”, but is written with other characters.",
            "Names are written so to be taken for another. Deny it unless you know why."),
        (NameWarnings.SaysItIsKnown, name => $"says it is {name.Resembles}", name => $"It says it is {name.Resembles}.",
            "Anyone can use this name, and nothing here proves it. Continue only if you just started this connection yourself."),
        (NameWarnings.HidesCharacters, _ => "name hides characters", _ => "Characters were taken out of the name.",
            "They cannot be seen, turn the writing direction, or pile up. Names are written so to be taken for another."),
        (NameWarnings.MixesScripts, _ => "mixes scripts", _ => "The name mixes letters of different scripts.",
            "So do names that want to be taken for another."),
        (NameWarnings.Unnamed, _ => "unnamed", _ => "It gave no name that can be read.",
            "Continue only if you just started this connection yourself."),
    ];

    public static IEnumerable<string> Badges(ClientName name) => All.Where(word => name.Warnings.HasFlag(word.Warning)).Select(word => word.Badge(name));

    public static IEnumerable<(string Short, string Long)> Sentences(ClientName name, bool onlyAlarms = false) => All
        .Where(word => name.Warnings.HasFlag(word.Warning) && (!onlyAlarms || Alarms.HasFlag(word.Warning)))
        .Select(word => (word.Short(name), word.Long));
}
