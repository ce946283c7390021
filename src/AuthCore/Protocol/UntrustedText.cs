using System.Text;

namespace AuthCore.Protocol;

/// <summary>Text of untrusted origin, made fit to be shown: one line, nothing invisible, nothing that turns the writing direction or grows into other lines.</summary>
public static class UntrustedText
{
    private const int MaxMarks = 2;
    private const int LastLatin = 0x024F;

    /// <summary>
    /// Drops control, format, private-use, unassigned and blank characters, and combining marks without a letter or beyond two in a row; folds white space, and cuts
    /// to a length in UTF-16 units (at least 1), with an ellipsis. What is clean stays as it is.
    /// </summary>
    public static string Clean(string? text, int maxLength) => Clean(text, maxLength, out _);

    /// <summary>As <see cref="Clean(string?, int)"/>; also says whether something was dropped that honest text does not have.</summary>
    internal static string Clean(string? text, int maxLength, out bool hid)
    {
        hid = false;
        var clean = new StringBuilder();
        var marks = 0;
        var latin = true;
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                clean.Append(clean.Length > 0 && clean[^1] != ' ' ? " " : "");
            }
            else if (!InvisibleText.IsSeen(rune))
            {
                hid |= latin || !InvisibleText.IsJoiner(rune);
            }
            else if (!InvisibleText.IsMark(rune))
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

    private static string Cut(string text, int length) => text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
