using System.Text;

namespace AuthCore.Clients.Names;

/// <summary>
/// The scripts that have letters which look like those of another (Unicode Technical Standard 39 §5). Latin beside Chinese, Japanese, Korean or Arabic is how people
/// there write, and is not among them.
/// </summary>
internal static class NameScripts
{
    private static readonly (int First, int Last, char Script)[] Ranges =
    [
        ('A', 'Z', 'L'), ('a', 'z', 'L'), (0x00C0, 0x02AF, 'L'), (0x0370, 0x03FF, 'G'), (0x0400, 0x052F, 'C'), (0x0530, 0x058F, 'A'), (0x0590, 0x05FF, 'H'),
        (0x10A0, 0x10FF, 'K'), (0x13A0, 0x13FF, 'R'), (0x1400, 0x167F, 'U'), (0x16A0, 0x16FF, 'F'), (0x1C80, 0x1C8F, 'C'), (0x1D00, 0x1DBF, 'L'), (0x1E00, 0x1EFF, 'L'),
        (0x1F00, 0x1FFF, 'G'), (0x2C60, 0x2C7F, 'L'), (0x2C80, 0x2CFF, 'O'), (0x2D00, 0x2D2F, 'K'), (0x2D30, 0x2D7F, 'T'), (0xA4D0, 0xA4FF, 'S'), (0xA640, 0xA69F, 'C'),
        (0xA720, 0xA7FF, 'L'), (0xAB30, 0xAB6F, 'L'), (0xAB70, 0xABBF, 'R'), (0xFF21, 0xFF5A, 'L'), (0x10280, 0x1044F, 'D'), (0x104B0, 0x104FF, 'E'), (0x118A0, 0x118FF, 'W'),
    ];

    public static bool AreMixed(string name) => name.EnumerateRunes()
        .Where(Rune.IsLetter)
        .Select(rune => Array.Find(Ranges, range => rune.Value >= range.First && rune.Value <= range.Last).Script)
        .Where(script => script != '\0')
        .Distinct().Count() > 1;
}
