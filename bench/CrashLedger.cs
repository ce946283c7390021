using System.Collections.Concurrent;

namespace Bench;

/// <summary>What clients were told before the process was killed, and what they were waiting for.</summary>
internal sealed class CrashLedger
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _refreshes;
    private int _acknowledged;
    private int _wanted = int.MaxValue;

    /// <summary>Tokens of families whose revocation was acknowledged.</summary>
    public ConcurrentQueue<Tokens> Revoked { get; } = new();

    /// <summary>Codes that were exchanged and acknowledged.</summary>
    public ConcurrentQueue<Code> Exchanged { get; } = new();

    /// <summary>Codes whose exchange was under way: it may have been committed or not.</summary>
    public ConcurrentQueue<Code> Uncertain { get; } = new();

    /// <summary>The newest tokens that each client holds.</summary>
    public ConcurrentDictionary<int, Tokens> Held { get; } = new();

    public int Refreshes => _refreshes;

    public void NoteRefresh()
    {
        Interlocked.Increment(ref _refreshes);
        Note();
    }

    public void NoteRevoked(Tokens tokens)
    {
        Revoked.Enqueue(tokens);
        Note();
    }

    public void NoteExchanged(Code code)
    {
        Exchanged.Enqueue(code);
        Note();
    }

    /// <summary>Waits for so many acknowledgements, however fast the machine is.</summary>
    public Task ReachAsync(int acknowledgements)
    {
        _wanted = acknowledgements;
        return _reached.Task;
    }

    /// <summary>An empty one for the next round: what clients hold they keep.</summary>
    public CrashLedger Next()
    {
        var next = new CrashLedger();
        foreach (var (index, tokens) in Held)
        {
            next.Held[index] = tokens;
        }

        return next;
    }

    private void Note()
    {
        if (Interlocked.Increment(ref _acknowledged) >= _wanted)
        {
            _reached.TrySetResult();
        }
    }
}
