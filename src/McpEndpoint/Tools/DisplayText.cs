using System.Globalization;
using System.Text;

namespace McpEndpoint.Tools;

/// <summary>Makes text that came from a model or a client fit to be shown to the person who decides.</summary>
internal static class DisplayText
{
    // Letters by category, but drawn as nothing.
    private static readonly Rune[] BlankLetters = [new('\u115F'), new('\u1160'), new('\u3164'), new('\uFFA0'), new('\u2800')];

    /// <summary>Drops control, zero-width and bidirectional characters, joins lines, and cuts at a number of UTF-16 units (at least 2).</summary>
    public static string Clean(string text, int maxLength)
    {
        var clean = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > maxLength)
            {
                var end = char.IsHighSurrogate(clean[maxLength - 2]) ? maxLength - 2 : maxLength - 1;
                return clean.ToString(0, end) + '…';
            }

            if (rune.Value is '\n' or '\t' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                clean.Append(' ');
            }
            else if (IsSeen(rune))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    private static bool IsSeen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate)
        && !BlankLetters.Contains(rune);
}
