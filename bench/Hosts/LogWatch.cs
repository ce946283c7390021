using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Bench.Hosts;

/// <summary>Reads what the host prints: how much, how long the lines are, and whether anything in them could move a terminal's cursor.</summary>
internal sealed partial class LogWatch
{
    private const int MaxDistinct = 5000;
    private const int MaxKept = 16 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly System.Text.StringBuilder _text = new();

    public long Bytes { get; private set; }

    public int Longest { get; private set; }

    public int ControlCharacters { get; private set; }

    /// <summary>Forgets what was printed at start: it is not the clients' doing.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            (Bytes, Longest, ControlCharacters) = (0, 0, 0);
            _lines.Clear();
        }
    }

    /// <summary>Takes what was printed, as it came.</summary>
    public void Take(ReadOnlySpan<char> text)
    {
        lock (_gate)
        {
            Bytes += System.Text.Encoding.UTF8.GetByteCount(text);
            foreach (var sign in text)
            {
                ControlCharacters += (char.IsControl(sign) && sign != '\n') || sign is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') ? 1 : 0;
            }

            if (_text.Length < MaxKept)
            {
                _text.Append(text);
            }
        }
    }

    /// <summary>Takes one whole line for the statistics.</summary>
    public void TakeLine(string line)
    {
        Longest = Math.Max(Longest, line.Length);
        var shape = Numbers().Replace(line.Length > 160 ? line[..160] : line, "#");
        if (_lines.Count < MaxDistinct || _lines.ContainsKey(shape))
        {
            _lines.AddOrUpdate(shape, 1, (_, count) => count + 1);
        }
    }

    public bool Contains(string secret)
    {
        lock (_gate)
        {
            return _text.ToString().Contains(secret, StringComparison.Ordinal);
        }
    }

    public IEnumerable<(string Line, int Count)> Commonest(int most) => _lines.OrderByDescending(line => line.Value).Take(most).Select(line => (line.Key, line.Value));

    public IEnumerable<string> Problems(int requests, int mostBytesEach, int longestLine)
    {
        if (Bytes > (long)requests * mostBytesEach)
        {
            yield return $"the log grew by {Bytes / requests} bytes a request";
        }

        if (Longest > longestLine)
        {
            yield return $"a log line has {Longest} characters";
        }

        if (ControlCharacters > 0)
        {
            yield return $"the log has {ControlCharacters} control characters";
        }
    }

    [GeneratedRegex("[0-9A-Za-z_-]{20,}|[0-9]+")]
    private static partial Regex Numbers();
}
