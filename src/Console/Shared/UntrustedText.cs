using System.Globalization;
using System.Text;

namespace AdminConsole.Shared;

/// <summary>Text that came from outside (a client's name, a user agent): what is left of it may stand on a page, and cannot disturb what stands around it.</summary>
public static class UntrustedText
{
    /// <summary>
    /// Without control, bidirectional and other invisible characters, white space as single spaces, and no longer than asked, with an
    /// ellipsis where it was cut. "(none)" when nothing is left.
    /// </summary>
    public static string Of(string? text, int longest = 64)
    {
        var clean = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
                clean.Append(clean.Length > 0 && clean[^1] != ' ' ? " " : "");
            else if (IsVisible(rune))
                clean.Append(rune);
        }

        var whole = clean.ToString().TrimEnd();
        return whole.Length == 0 ? "(none)" : Cut(whole, longest);
    }

    private static bool IsVisible(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        var end = char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1;
        return text[..end].TrimEnd() + "…";
    }
}
