using System.Runtime.CompilerServices;
using AuthCore.Keys;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Audit;

/// <summary>Reads the whole trail, some lines at a time, and proves that nothing was changed in it or taken out.</summary>
internal sealed class AuditVerifier(IReadDatabase database, MasterKey master, AuditHeads file, TimeProvider time)
{
    /// <summary>Lines of one query: a reader that stays for the whole table would keep the log of the database from being emptied.</summary>
    private const int AtOnce = 1000;

    /// <param name="read">Told now and then how many lines were read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<AuditReport> VerifyAsync(Action<long>? read = null, CancellationToken cancellationToken = default)
    {
        var began = time.GetUtcNow();
        var (key, keyName) = (AuditChain.KeyOf(master), AuditChain.KeyNameOf(master));

        // The heads first: a line that is committed meanwhile is beyond them, and one that was there before is not.
        var heads = file.Read().ToDictionary(head => head.Writer, StringComparer.Ordinal);
        await using var db = database.Open();
        var anchor = await AuditChain.AnchorAsync(db);
        Dictionary<string, Chain> chains = new(StringComparer.Ordinal);
        var lines = 0L;
        await foreach (var line in LinesAsync(db, cancellationToken))
        {
            if (lines++ % AtOnce == 0)
            {
                read?.Invoke(lines - 1);
            }

            if (!chains.TryGetValue(line.Writer, out var chain))
            {
                chains[line.Writer] = chain = new Chain(line.Writer, line.Writer.Length == 0 ? AuditHash.Beginning : anchor, heads.GetValueOrDefault(line.Writer), keyName);
            }

            chain.Add(line, line.Writer.Length == 0 ? AuditHash.Unkeyed(chain.Before, line) : AuditHash.Keyed(key, chain.Before, line));
        }

        foreach (var lost in heads.Values.Where(head => !chains.ContainsKey(head.Writer)))
        {
            chains[lost.Writer] = new Chain(lost.Writer, anchor, lost, keyName);
        }

        return new AuditReport(began, [.. chains.Values.Select(chain => chain.Report())]);
    }

    /// <summary>In the order of the table, which only grows at its end.</summary>
    private static async IAsyncEnumerable<StoredFact> LinesAsync(DbContext db, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = long.MinValue;
        List<StoredFact> lines;
        do
        {
            lines = await db.Facts().Where(line => line.Sequence > last).OrderBy(line => line.Sequence).Take(AtOnce).ToListAsync(cancellationToken);
            foreach (var line in lines)
            {
                yield return line;
            }

            last = lines is [.., var newest] ? newest.Sequence : last;
        }
        while (lines.Count == AtOnce);
    }

    private sealed class Chain(string writer, byte[] beginning, AuditHead? head, string keyName)
    {
        private readonly bool _isOfAnotherKey = head is { Key: { } made } && made != keyName;
        private long _lines;
        private long? _brokenAt;
        private long? _last;
        private bool _headSeen;

        public byte[] Before { get; private set; } = beginning;

        public void Add(StoredFact line, byte[] expected)
        {
            _lines++;
            if (line.Number != _lines || HasAnAlienColumn(line) || (!_isOfAnotherKey && !line.Hash.AsSpan().SequenceEqual(expected)))
            {
                _brokenAt ??= line.Sequence;
            }

            _headSeen |= head is not null && line.Number == head.Number && line.Hash.AsSpan().SequenceEqual(head.Hash);
            (Before, _last) = (line.Hash, line.Sequence);
        }

        /// <summary>What a line of this kind leaves empty, its hash does not cover.</summary>
        private bool HasAnAlienColumn(StoredFact line) => (writer.Length == 0 ? line.Data : line.Detail) is not null;

        public AuditChainReport Report() => this switch
        {
            { _brokenAt: { } at } => new(writer, _lines, AuditFinding.Broken, at),
            _ when writer.Length == 0 => new(writer, _lines, AuditFinding.Intact, null),
            _ when head is null => new(writer, _lines, AuditFinding.EndUnknown, null),
            _ when !_headSeen => new(writer, _lines, AuditFinding.CutOff, _last),
            _ => new(writer, _lines, _isOfAnotherKey ? AuditFinding.OtherKey : AuditFinding.Intact, null),
        };
    }
}
