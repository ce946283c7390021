using System.Globalization;
using System.Text;
using AuthCore.Http;
using AuthCore.Protocol;
using Microsoft.Extensions.Options;

namespace AuthCore.Clients.Names;

/// <summary>Says what can be said about the name of a client. Every page that shows one asks here, for people and for operators alike.</summary>
internal sealed class ClientNames(IOptions<RegistrationOptions> options, PublicOrigin origin)
{
    /// <summary>Characters of a name that are shown.</summary>
    public const int MaxShown = 64;

    /// <summary>What a client without a readable name is called.</summary>
    public const string Unnamed = "Unnamed client";

    // The public origin may be known only once the host listens.
    private readonly Lazy<KnownName[]> _ours = new(() => [.. options.Value.OwnNames.Concat(OwnHost(origin)).Select(KnownName.Of)]);
    private readonly Lazy<KnownName[]> _known = new(() => [.. options.Value.KnownNames.Select(KnownName.Of)]);

    public ClientName Of(Client client) => Of(client.Name, client.Origin, client.NameHid);

    /// <param name="name">As the client wrote it, or as it was stored.</param>
    /// <param name="origin">How it came to be known: an administrator has chosen the name of a client that they added.</param>
    /// <param name="hid">Whether something hidden was taken out of it before it was stored.</param>
    public ClientName Of(string name, ClientOrigin origin, bool hid = false)
    {
        var text = Readable(name, MaxShown, out var hides);
        if (origin == ClientOrigin.Preregistered)
        {
            return new ClientName(text);
        }

        var warnings = (text == Unnamed ? NameWarnings.Unnamed : NameWarnings.None)
            | (hid || hides ? NameWarnings.HidesCharacters : NameWarnings.None)
            | (NameScripts.AreMixed(text) ? NameWarnings.MixesScripts : NameWarnings.None);
        // The whole of it: what is cut off for a page was part of what the client said.
        var (claim, resembles) = Claims(Readable(name, int.MaxValue, out _));
        return new ClientName(text, warnings | claim, resembles);
    }

    /// <summary>The name with nothing in it that cannot be read; <see cref="Unnamed"/> when no letter, digit or symbol is left.</summary>
    public static string Readable(string? name, int maxLength, out bool hid)
    {
        var text = UntrustedText.Clean(name, maxLength, out hid);
        return text.EnumerateRunes().Any(CanBeRead) ? text : Unnamed;
    }

    private (NameWarnings Claim, string? Resembles) Claims(string text)
    {
        var spelled = NameLetters.Spelled(text);
        var seen = NameLetters.Seen(text);
        foreach (var ours in _ours.Value.Where(ours => ours.IsSpelledIn(spelled)))
        {
            return (NameWarnings.SaysItIsThisServer, ours.Name);
        }

        foreach (var ours in _ours.Value.Where(ours => ours.IsSeenIn(seen)))
        {
            return (NameWarnings.LooksLikeKnown, ours.Name);
        }

        // What is imitated is worse than what is said: "Claude" in Cyrillic letters beside an honest "VS Code".
        var said = _known.Value.Where(known => known.IsSpelledIn(spelled)).ToArray();
        return _known.Value.Except(said).FirstOrDefault(known => known.IsSeenIn(seen)) is { } imitated ? (NameWarnings.LooksLikeKnown, imitated.Name)
            : said.Length > 0 ? (NameWarnings.SaysItIsKnown, said[0].Name)
            : (NameWarnings.None, null);
    }

    private static bool CanBeRead(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.IsNumber(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol;

    private static IEnumerable<string> OwnHost(PublicOrigin origin)
    {
        var issuer = new Uri(origin.Issuer);
        return issuer is { IsLoopback: false, HostNameType: UriHostNameType.Dns } ? [issuer.IdnHost] : [];
    }

    private sealed record KnownName(string Name, NameLetters Spelled, NameLetters Seen)
    {
        // A shorter one stands in too many honest names, and counts only as the whole of one.
        private const int ShortestWithin = 4;

        private bool IsShort => Spelled.Length < ShortestWithin;

        public static KnownName Of(string name) => new(name, NameLetters.Spelled(name), NameLetters.Seen(name));

        public bool IsSpelledIn(NameLetters name) => IsShort ? name.Is(Spelled) : name.Has(Spelled);

        public bool IsSeenIn(NameLetters name) => IsShort ? name.Is(Seen) : name.Has(Seen);
    }
}
