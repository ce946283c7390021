using System.Globalization;
using System.Text;

namespace AuthCore.Protocol;

/// <summary>Text that somebody else wrote, made fit to be shown: one line, nothing invisible, nothing that turns the writing direction.</summary>
public static class UntrustedText
{
    /// <summary>Drops control, format, private-use and unassigned characters, folds white space, and cuts to a length in characters.</summary>
    public static string Clean(string? text, int maxLength)
    {
        var clean = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                case UnicodeCategory.Control when Rune.IsWhiteSpace(rune):
                    if (clean.Length > 0 && clean[^1] != ' ')
                    {
                        clean.Append(' ');
                    }

                    break;
                case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate:
                    break;
                default:
                    clean.Append(rune.ToString());
                    break;
            }
        }

        var result = clean.ToString().TrimEnd();
        return result.Length <= maxLength ? result : string.Concat(result.AsSpan(0, char.IsHighSurrogate(result[maxLength - 2]) ? maxLength - 2 : maxLength - 1), "…");
    }
}
