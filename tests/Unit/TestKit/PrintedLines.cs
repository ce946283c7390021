using System.Collections.Concurrent;
using System.Text;

namespace UnitTests.TestKit;

/// <summary>What hosts print to the terminal, which all tests of a process share: a test looks for its own host's lines.</summary>
internal sealed class PrintedLines : TextWriter
{
    private static readonly Lazy<PrintedLines> Terminal = new(() =>
    {
        var lines = new PrintedLines();
        System.Console.SetOut(lines);
        return lines;
    });

    private readonly ConcurrentQueue<string> _lines = new();

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Begins to listen, once for all.</summary>
    public static void Listen() => _ = Terminal.Value;

    public static IReadOnlyCollection<string> Containing(string text) => [.. Terminal.Value._lines.Where(line => line.Contains(text, StringComparison.Ordinal))];

    public override void Write(char value) => _lines.Enqueue(value.ToString());

    public override void Write(string? value) => _lines.Enqueue(value ?? "");

    public override void WriteLine(string? value) => _lines.Enqueue(value ?? "");

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }
}
