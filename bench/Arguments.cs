using System.Globalization;

namespace Bench;

/// <summary>Named numbers behind a command, and the folder to write in.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">Something is not a pair of a name and a value.</exception>
    public static Arguments Parse(ReadOnlySpan<string> words)
    {
        var arguments = new Arguments();
        while (words is [var name, var value, .. var rest] && name.StartsWith("--", StringComparison.Ordinal))
        {
            if (!arguments._values.TryAdd(name[2..], [value]))
            {
                arguments._values[name[2..]].Add(value);
            }

            words = rest;
        }

        return words.IsEmpty ? arguments : throw new ArgumentException($"Not understood: {string.Join(' ', words.ToArray())}");
    }

    /// <summary>The number of that name, held to a range: a bench is bounded.</summary>
    public int Number(string name, int otherwise, int least, int most) =>
        Math.Clamp(_values.TryGetValue(name, out var texts) ? int.Parse(texts[^1], CultureInfo.InvariantCulture) : otherwise, least, most);

    /// <summary>The text of that name, the last one if there are several.</summary>
    public string Text(string name, string otherwise) => All(name) is [.., var last] ? last : otherwise;

    /// <summary>Every text of that name.</summary>
    public IReadOnlyList<string> All(string name) => _values.GetValueOrDefault(name, []);

    /// <summary>A new folder that is removed when the bench ends.</summary>
    public ScratchFolder NewFolder() => new(Text("folder", Path.GetTempPath()));
}

/// <summary>A folder of its own below another one.</summary>
internal sealed class ScratchFolder(string parent) : IDisposable
{
    public string FullPath { get; } = Directory.CreateDirectory(Path.Combine(Path.GetFullPath(parent), $"mcpauth-bench-{Guid.NewGuid():N}")).FullName;

    public string Below(string name) => Path.Combine(FullPath, name);

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
