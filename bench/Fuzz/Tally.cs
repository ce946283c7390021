using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Bench.Fuzz;

/// <summary>What was sent and what came back, by kind of request and by status.</summary>
internal sealed partial class Tally
{
    private const int MaxProblems = 200;

    private readonly ConcurrentDictionary<(string Kind, int Status), int> _answers = new();
    private readonly ConcurrentDictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _problems = new();
    private int _requests;

    /// <summary>Requests sent so far.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>How many of each kind were sent.</summary>
    public IReadOnlyDictionary<string, int> Kinds => _kinds;

    /// <summary>Answers that break a promise, the first few hundred.</summary>
    public IEnumerable<string> Problems => _problems;

    /// <summary>Counts an answer and looks at it.</summary>
    /// <param name="request">What was sent.</param>
    /// <param name="answer">What came back.</param>
    /// <param name="where">Which worker and which of its requests: with the seed, enough to send it again.</param>
    public void Add(FuzzRequest request, RawAnswer answer, string where)
    {
        Interlocked.Increment(ref _requests);
        _kinds.AddOrUpdate(request.Kind, 1, (_, count) => count + 1);
        _answers.AddOrUpdate((request.Kind, answer.Status), 1, (_, count) => count + 1);
        if (Wrong(request, answer) is { } problem && _problems.Count < MaxProblems)
        {
            _problems.Enqueue($"{problem} [{where}] {request.Kind}: {Printable(request)}");
        }
    }

    /// <summary>How often each status came for that kind; 0 is no answer at all, 1 an answer that was still open when the client left.</summary>
    public string StatusesOf(string kind) =>
        string.Join(' ', _answers.Where(answer => answer.Key.Kind == kind).OrderBy(answer => answer.Key.Status).Select(answer => $"{answer.Key.Status}:{answer.Value}"));

    private static string? Wrong(FuzzRequest request, RawAnswer answer) => answer switch
    {
        // The right answer to a request line of another version of HTTP (RFC 9110 §15.6.6).
        { Status: 505 } when request.Closes => null,
        { Status: >= 500 and not 503 } => $"{answer.Status}",
        _ when answer.Body.Contains("\n   at ", StringComparison.Ordinal) => $"{answer.Status} with a stack trace",
        _ when answer.Body.Contains("-32603", StringComparison.Ordinal) => $"{answer.Status} with -32603",
        _ => null,
    };

    /// <summary>Without what is long: tokens and tickets among it.</summary>
    private static string Printable(FuzzRequest request)
    {
        var text = LongWord().Replace(new string([.. request.Bytes.Take(8000).Select(octet => octet is >= 0x20 and < 0x7f ? (char)octet : '.')]), "<long>");
        return text.Length > 700 ? text[..700] : text;
    }

    [GeneratedRegex("[0-9A-Za-z_.%-]{60,}")]
    private static partial Regex LongWord();
}
