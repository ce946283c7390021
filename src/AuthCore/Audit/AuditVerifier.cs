using AuthCore.Keys;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Audit;

/// <summary>What the look at one chain found.</summary>
public enum AuditFinding
{
    /// <summary>Every line follows from the one before, and the chain reaches the place where it is known to have ended.</summary>
    Intact,

    /// <summary>A line was changed, taken out or put in.</summary>
    Broken,

    /// <summary>The newest lines are missing: they were cut off, or an older database was restored.</summary>
    CutOff,

    /// <summary>Every line follows, but where the chain ended is not known here.</summary>
    EndUnknown,
}

/// <summary>One chain of the audit trail.</summary>
/// <param name="Writer">Whose; empty for lines from before chains were keyed.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="Finding">What was found.</param>
/// <param name="At">The sequence of the first line that does not follow, or of the last that is there when the end is missing; null when there is none.</param>
public sealed record AuditChainReport(string Writer, long Lines, AuditFinding Finding, long? At);

/// <summary>What the look at the whole trail found.</summary>
/// <param name="At">When it began.</param>
/// <param name="Chains">Every chain.</param>
public sealed record AuditReport(DateTimeOffset At, IReadOnlyList<AuditChainReport> Chains)
{
    /// <summary>Whether nothing was changed and nothing is missing, as far as can be known.</summary>
    public bool IsIntact => Chains.All(chain => chain.Finding is AuditFinding.Intact or AuditFinding.EndUnknown);

    /// <summary>How many lines there are.</summary>
    public long Lines => Chains.Sum(chain => chain.Lines);
}

/// <summary>Reads the whole trail, a line at a time, and proves that nothing was changed in it or taken out.</summary>
internal sealed class AuditVerifier(IReadDatabase database, MasterKey master, AuditHeads file, TimeProvider time)
{
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<AuditReport> VerifyAsync(CancellationToken cancellationToken = default)
    {
        var began = time.GetUtcNow();
        var key = AuditChain.KeyOf(master);

        // The heads first: a line that is committed meanwhile is beyond them, and one that was there before is not.
        var heads = file.Read().ToDictionary(head => head.Writer, StringComparer.Ordinal);
        await using var db = database.Open();
        var anchor = await AuditChain.AnchorAsync(db);
        Dictionary<string, Chain> chains = new(StringComparer.Ordinal);
        await foreach (var line in db.Facts().OrderBy(line => line.Sequence).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (!chains.TryGetValue(line.Writer, out var chain))
            {
                chains[line.Writer] = chain = new Chain(line.Writer, line.Writer.Length == 0 ? AuditHash.Beginning : anchor, heads.GetValueOrDefault(line.Writer));
            }

            chain.Add(line, line.Writer.Length == 0 ? AuditHash.Unkeyed(chain.Before, line) : AuditHash.Keyed(key, chain.Before, line));
        }

        foreach (var lost in heads.Values.Where(head => !chains.ContainsKey(head.Writer)))
        {
            chains[lost.Writer] = new Chain(lost.Writer, anchor, lost);
        }

        return new AuditReport(began, [.. chains.Values.Select(chain => chain.Report())]);
    }

    private sealed class Chain(string writer, byte[] beginning, AuditHead? head)
    {
        private long _lines;
        private long? _brokenAt;
        private long? _last;
        private bool _headSeen;

        public byte[] Before { get; private set; } = beginning;

        public void Add(StoredFact line, byte[] expected)
        {
            _lines++;
            if (line.Number != _lines || !line.Hash.AsSpan().SequenceEqual(expected))
            {
                _brokenAt ??= line.Sequence;
            }

            _headSeen |= head is not null && line.Number == head.Number && line.Hash.AsSpan().SequenceEqual(head.Hash);
            (Before, _last) = (line.Hash, line.Sequence);
        }

        public AuditChainReport Report() => this switch
        {
            { _brokenAt: { } at } => new(writer, _lines, AuditFinding.Broken, at),
            _ when writer.Length == 0 => new(writer, _lines, AuditFinding.Intact, null),
            _ when head is null => new(writer, _lines, AuditFinding.EndUnknown, null),
            _ => _headSeen ? new(writer, _lines, AuditFinding.Intact, null) : new(writer, _lines, AuditFinding.CutOff, _last),
        };
    }
}
