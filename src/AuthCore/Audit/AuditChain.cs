using System.Security.Cryptography;
using AuthCore.Keys;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AuthCore.Audit;

/// <summary>
/// Appends facts to the audit trail, each with a keyed hash over the one before of this writer. A writer has a chain of its own, so that several hosts on one database need
/// no lock between them. Called by the only writer of this process, so that the head is known without asking for it.
/// </summary>
internal sealed class AuditChain(MasterKey master, AuditHeads file, ILogger<AuditChain> logger) : IFactStore
{
    private const int WriterBytes = 4;
    private const int KeyNameBytes = 8;

    private readonly Lazy<byte[]> _key = new(() => KeyOf(master));
    private readonly Lazy<string> _keyName = new(() => KeyNameOf(master));
    private IReadOnlyList<AuditHead> _earlier = [];
    private AuditHead? _head;
    private AuditHead? _pending;
    private long _sequence;
    private string[] _accepted = [];

    public static byte[] KeyOf(MasterKey master) => master.Derive("audit-chain");

    /// <summary>Tells this key from those of other master keys, and nothing of it.</summary>
    public static string KeyNameOf(MasterKey master) => Convert.ToHexStringLower(master.Derive("audit-chain-name").AsSpan(0, KeyNameBytes));

    public void Begin()
    {
        _accepted = [];
        if (_pending is not null)
        {
            // What was stored last was not committed, as far as is known here: the table knows.
            (_head, _pending) = (null, null);
        }
    }

    public async Task StoreAsync(WriteUnit unit, IReadOnlyList<RecordedFact> facts)
    {
        if (_head is null)
        {
            await LoadAsync(unit.Db);
        }

        var (head, sequence) = (_pending ?? _head!, _sequence);
        foreach (var recorded in facts)
        {
            var line = Line(recorded, head, ++sequence);
            await unit.InsertAsync(line);
            head = new AuditHead(line.Writer, line.Number, line.Hash, _keyName.Value);
        }

        _pending = head;
        _sequence = sequence;
        _accepted = [.. _accepted, .. facts.Select(recorded => recorded.Fact).OfType<AuditEndAccepted>().Select(accepted => accepted.Writer)];
    }

    public void Committed()
    {
        if (_pending is { } committed)
        {
            (_head, _pending) = (committed, null);
            _earlier = [.. _earlier.Where(head => !_accepted.Contains(head.Writer))];
            file.Write([.. _earlier, committed]);
        }
    }

    private StoredFact Line(RecordedFact recorded, AuditHead head, long sequence)
    {
        StoredFact With(byte[] hash) => new()
        {
            Sequence = sequence,
            Writer = head.Writer,
            Number = head.Number + 1,
            At = recorded.At,
            Name = recorded.Fact.Name,
            Actor = recorded.Fact.Actor,
            Subject = recorded.Fact.Subject,
            Data = recorded.Data,
            Address = recorded.Origin.Address,
            CorrelationId = recorded.Origin.CorrelationId,
            Hash = hash,
        };

        return With(AuditHash.Keyed(_key.Value, head.Hash, With([])));
    }

    /// <summary>
    /// Goes on with this host's chain where the table has it and the key is the same, or begins another: then the end of the one before stays known, and its verification tells.
    /// </summary>
    private async Task LoadAsync(DbContext db)
    {
        _sequence = await db.Facts().MaxAsync(line => (long?)line.Sequence) ?? 0;
        var heads = file.Read();
        var isOfAnotherKey = heads is [.., { Key: { } key }] && key != _keyName.Value;
        if (heads is [.., { } kept] && !isOfAnotherKey && await HasAsync(db, kept))
        {
            _earlier = [.. heads.SkipLast(1)];
            _head = await db.Facts().Where(line => line.Writer == kept.Writer).OrderByDescending(line => line.Number)
                .Select(line => new AuditHead(line.Writer, line.Number, line.Hash, _keyName.Value)).FirstAsync();
            return;
        }

        _earlier = heads;
        _head = new AuditHead(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(WriterBytes)), 0, await AnchorAsync(db), _keyName.Value);
        if (isOfAnotherKey)
        {
            Log.ChainOfAnotherKeyEnded(logger, _head.Writer, heads[^1].Writer);
        }
        else if (heads is [.., { } lost])
        {
            Log.ChainBegunAnew(logger, _head.Writer, lost.Writer);
        }
    }

    /// <summary>What a chain begins with: the end of the lines from before chains were keyed, so that those cannot be cut either.</summary>
    public static async Task<byte[]> AnchorAsync(DbContext db) =>
        await db.Facts().Where(line => line.Writer == "").OrderByDescending(line => line.Sequence).Select(line => line.Hash).FirstOrDefaultAsync() ?? AuditHash.Beginning;

    private static async Task<bool> HasAsync(DbContext db, AuditHead head) =>
        await db.Facts().Where(line => line.Writer == head.Writer && line.Number == head.Number).Select(line => line.Hash).SingleOrDefaultAsync() is { } hash
        && hash.AsSpan().SequenceEqual(head.Hash);
}
