using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace AuthCore.Database.Sqlite;

/// <summary>
/// The units that share one transaction. It runs on a task of its own, so that the lane can take the database back from a unit that does not end:
/// either the batch is committed or it is abandoned, never both.
/// </summary>
internal sealed class LaneBatch(SqliteWriteUnit shared, SqliteTransaction transaction, ChannelReader<QueuedUnit> queue, int most, TimeProvider time)
{
    /// <summary>A batch takes no more units after so long: who was first need not wait for all the others.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly List<QueuedUnit> _units = [];
    private readonly long _since = time.GetTimestamp();
    private long _turnSince = time.GetTimestamp();
    private State _state = State.Gathering;

    private enum State
    {
        Gathering,
        Committing,
        Abandoned,
    }

    /// <summary>Who is in it, in their order.</summary>
    public IReadOnlyList<QueuedUnit> Units => _units;

    /// <summary>What its units want done once it is durable, in their order.</summary>
    public IReadOnlyList<Action> Committed => shared.Committed;

    /// <summary>Runs what waits, and commits.</summary>
    /// <returns>False when it was abandoned meanwhile.</returns>
    public async Task<bool> RunAsync()
    {
        try
        {
            using (shared)
            {
                while (TakeNext() is { } next)
                {
                    await next.RunAsync(shared);
                }

                if (!TryClose())
                {
                    return false;
                }

                transaction.Commit();
                return true;
            }
        }
        finally
        {
            transaction.End();
        }
    }

    /// <summary>Takes the batch from the unit that runs, if it has run for so long.</summary>
    public bool TryAbandon(TimeSpan limit)
    {
        lock (_gate)
        {
            if (_state != State.Gathering || time.GetElapsedTime(_turnSince) < limit)
            {
                return false;
            }

            _state = State.Abandoned;
            shared.Abandon();
            return true;
        }
    }

    private QueuedUnit? TakeNext()
    {
        lock (_gate)
        {
            if (_state == State.Gathering && _units.Count < most && time.GetElapsedTime(_since) < Gathering)
            {
                while (queue.TryRead(out var next))
                {
                    if (next.TryBegin())
                    {
                        _units.Add(next);
                        _turnSince = time.GetTimestamp();
                        return next;
                    }
                }
            }

            return null;
        }
    }

    private bool TryClose()
    {
        lock (_gate)
        {
            if (_state == State.Abandoned)
            {
                return false;
            }

            _state = State.Committing;
            return true;
        }
    }
}
