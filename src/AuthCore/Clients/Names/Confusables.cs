using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace AuthCore.Clients.Names;

/// <summary>Which characters look like Latin letters and digits (Unicode Technical Standard 39 §4), read from the embedded <c>confusables.txt</c>.</summary>
internal static class Confusables
{
    private static readonly FrozenDictionary<int, string> Table = Read();

    /// <summary>What the character looks like; null when it looks like no Latin letter or digit.</summary>
    public static string? Of(Rune rune) => Table.GetValueOrDefault(rune.Value);

    private static FrozenDictionary<int, string> Read()
    {
        using var stream = typeof(Confusables).Assembly.GetManifestResourceStream("AuthCore.Clients.Names.confusables.txt")
            ?? throw new InvalidOperationException("The table of confusable characters is not part of the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.TrimEnd('\r').Split(' '))
            .SelectMany(row => row.Skip(1).Select(code => KeyValuePair.Create(int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture), row[0])))
            .ToFrozenDictionary();
    }
}
