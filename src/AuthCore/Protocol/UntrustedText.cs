using System.Globalization;
using System.Text;

namespace AuthCore.Protocol;

/// <summary>
/// Text of untrusted origin, made fit to be shown. One list says which characters are seen; what is not on it is
/// <list type="bullet">
/// <item>dropped from a name, a value or a sentence (<see cref="Clean(string?, int)"/>): on pages, in what is stored, in answers and as a part of a log line;</item>
/// <item>shown as U+FFFD in a whole log entry (<see cref="ForLog"/>), where a reader has to notice that something was there.</item>
/// </list>
/// Neither escapes: a page does that for HTML, and a serializer for JSON.
/// </summary>
public static class UntrustedText
{
    private const int MaxMarks = 2;
    private const int LastLatin = 0x024F;

    // Default_Ignorable_Code_Point of the Unicode Character Database that are neither format characters nor unassigned, and characters that are drawn as nothing.
    private static readonly (int First, int Last)[] Blank =
    [
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2800, 0x2800), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0),
        (0xFFFC, 0xFFFD), (0x13441, 0x13442), (0x16FE4, 0x16FE4), (0x1D159, 0x1D159), (0xE0000, 0xE0FFF),
    ];

    /// <summary>
    /// One line, in which nothing is invisible, turns the writing direction or grows into other lines. Drops control, format (bidirectional controls are among
    /// them), private-use, unassigned and blank characters, and combining marks without a letter or beyond two in a row; folds white space, and cuts with an
    /// ellipsis. What is clean stays as it is; what had nothing to show is empty.
    /// </summary>
    /// <param name="text">Anything.</param>
    /// <param name="maxLength">The longest result in UTF-16 units, its ellipsis included; at least 1.</param>
    public static string Clean(string? text, int maxLength = 64) => Clean(text, maxLength, out _);

    /// <summary>As <see cref="Clean(string?, int)"/>; also says whether something was dropped that honest text does not have.</summary>
    internal static string Clean(string? text, int maxLength, out bool hid)
    {
        hid = false;
        if (text is not null && text.Length <= maxLength && IsPlain(text))
        {
            return text;
        }

        var clean = new StringBuilder();
        var marks = 0;
        var latin = true;
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                clean.Append(clean.Length > 0 && clean[^1] != ' ' ? " " : "");
            }
            else if (!IsSeen(rune))
            {
                hid |= latin || !IsJoiner(rune);
            }
            else if (!IsMark(rune))
            {
                clean.Append(rune.ToString());
                marks = 0;
                latin = rune.Value <= LastLatin;
            }
            else if (clean.Length > 0 && clean[^1] != ' ' && marks < MaxMarks)
            {
                clean.Append(rune.ToString());
                marks++;
            }
            else
            {
                hid = true;
            }
        }

        var whole = clean.ToString().TrimEnd();
        return whole.Length <= maxLength ? whole : Cut(whole, maxLength - 1).TrimEnd() + "…";
    }

    /// <summary>
    /// A whole log entry: its lines stay lines, a carriage return is dropped, and whatever else is not seen is shown as U+FFFD, so that a terminal acts on none of it.
    /// </summary>
    /// <param name="text">Anything.</param>
    /// <param name="maxLength">Where it is cut, in UTF-16 units; an ellipsis follows what was cut.</param>
    public static string ForLog(string text, int maxLength)
    {
        var clean = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\r')
            {
                continue;
            }

            if (clean.Length + rune.Utf16SequenceLength > maxLength)
            {
                return clean.Append('…').ToString();
            }

            clean.Append(rune.Value == '\n' || IsSeen(rune) ? rune : Rune.ReplacementChar);
        }

        return clean.ToString();
    }

    /// <summary>Whether a character is drawn as something, whatever its category says.</summary>
    internal static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && (rune.IsAscii || !IsBlank(rune.Value));

    /// <summary>Whether a character is drawn over, under or around the one before it.</summary>
    internal static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    /// <summary>Most text is: nothing of it would be dropped or folded.</summary>
    private static bool IsPlain(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExceptInRange(' ', '~') && !text.StartsWith(' ') && !text.EndsWith(' ') && !text.Contains("  ", StringComparison.Ordinal);

    private static bool IsBlank(int value) => Array.Exists(Blank, range => value >= range.First && value <= range.Last);

    // What honest text joins emoji and the letters of some scripts with; beside a Latin letter or digit it has no business.
    private static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D or 0xFE0E or 0xFE0F;

    private static string Cut(string text, int length) => text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
