using System.Globalization;
using System.Text;

namespace AuthCore.Protocol;

/// <summary>Text that somebody else wrote, made fit to be shown: one line, nothing invisible, nothing that turns the writing direction.</summary>
public static class UntrustedText
{
    /// <summary>Drops control, format, private-use and unassigned characters, folds white space, and cuts to a length in characters, with an ellipsis.</summary>
    public static string Clean(string? text, int maxLength)
    {
        var clean = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                clean.Append(clean.Length > 0 && clean[^1] != ' ' ? " " : "");
            }
            else if (IsVisible(rune))
            {
                clean.Append(rune.ToString());
            }
        }

        var whole = clean.ToString().TrimEnd();
        return whole.Length <= maxLength ? whole : Cut(whole, maxLength - 1).TrimEnd() + "…";
    }

    private static bool IsVisible(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string Cut(string text, int length) => text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
