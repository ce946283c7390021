namespace AuthCore.Clients.Names;

/// <summary>What a client calls itself, fit to be shown, and what speaks for caution about it.</summary>
/// <param name="Text">Without anything that cannot be seen, at most 64 characters; "Unnamed client" when nothing readable was left.</param>
/// <param name="Warnings">What was found; always <see cref="NameWarnings.None"/> for a client that an administrator added.</param>
/// <param name="Resembles">The known name that it uses or imitates, as the settings write it.</param>
public sealed record ClientName(string Text, NameWarnings Warnings = NameWarnings.None, string? Resembles = null)
{
    /// <summary>The text alone.</summary>
    public override string ToString() => Text;
}

/// <summary>What speaks for caution about an unverified name.</summary>
[Flags]
public enum NameWarnings
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>There is no name, or none that a person could read.</summary>
    Unnamed = 1,

    /// <summary>It had characters that cannot be seen, turn the writing direction, or pile up; they were taken out.</summary>
    HidesCharacters = 2,

    /// <summary>It mixes scripts whose letters look alike.</summary>
    MixesScripts = 4,

    /// <summary>It has the name of a well-known product, spelled as that is: an honest client does, and anybody can.</summary>
    SaysItIsKnown = 8,

    /// <summary>It looks like the name of a well-known product or of this server, but is spelled with other characters.</summary>
    LooksLikeKnown = 16,

    /// <summary>It has the name of this server, which never asks for access to itself.</summary>
    SaysItIsThisServer = 32,
}
