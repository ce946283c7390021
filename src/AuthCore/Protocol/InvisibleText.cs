using System.Globalization;
using System.Text;

namespace AuthCore.Protocol;

/// <summary>Which characters are seen, whatever their category says.</summary>
internal static class InvisibleText
{
    // Default_Ignorable_Code_Point of the Unicode Character Database that are neither format characters nor unassigned, and characters that are drawn as nothing.
    private static readonly (int First, int Last)[] Blank =
    [
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2800, 0x2800), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0),
        (0xFFFC, 0xFFFD), (0x13441, 0x13442), (0x16FE4, 0x16FE4), (0x1D159, 0x1D159), (0xE0000, 0xE0FFF),
    ];

    public static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && !Array.Exists(Blank, range => rune.Value >= range.First && rune.Value <= range.Last);

    /// <summary>Drawn over, under or around the character before it.</summary>
    public static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    /// <summary>What honest text joins emoji and the letters of some scripts with; beside a Latin letter or digit it has no business.</summary>
    public static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D or 0xFE0E or 0xFE0F;
}
