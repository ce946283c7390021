using System.Collections.Concurrent;
using AuthCore.Users.Sessions;
using Microsoft.Extensions.Options;

namespace AdminConsole.Security;

/// <summary>
/// The connections and circuits of open console pages, by the browser session that they belong to. When a session ends, its pages are told so and
/// cut off; a person cannot hold more than a bounded number.
/// </summary>
internal sealed class OpenPages
{
    /// <summary>Time for a page to be told. Nothing can be done in it: the circuit takes no more input.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<Entry, byte> _connections = new();
    private readonly ConcurrentDictionary<Entry, byte> _circuits = new();
    private readonly Dictionary<string, int> _held = new(StringComparer.Ordinal);
    private readonly Lock _counting = new();
    private readonly int _most;
    private readonly TimeProvider _clock;

    public OpenPages(IBrowserSessions sessions, IOptions<BrowserSessionOptions> options, TimeProvider clock)
    {
        _most = options.Value.OpenPagesPerPerson;
        _clock = clock;
        sessions.OnEnded(sessionId => ThreadPool.UnsafeQueueUserWorkItem(static ended => _ = ended.pages.EndAsync(ended.sessionId), (pages: this, sessionId), preferLocal: false));
    }

    /// <summary>Whether the person has as many open as they may.</summary>
    public bool IsFull(string userId)
    {
        lock (_counting)
        {
            return _held.GetValueOrDefault(userId) >= _most;
        }
    }

    /// <summary>Takes a connection in for as long as it is open; null when the person has too many.</summary>
    public IDisposable? TryConnect(string userId, string sessionId, Action abort)
    {
        lock (_counting)
        {
            var held = _held.GetValueOrDefault(userId);
            if (held >= _most)
            {
                return null;
            }

            _held[userId] = held + 1;
        }

        return new Entry(_connections, sessionId, abort, () => Release(userId));
    }

    /// <summary>Takes a circuit in; dispose when it is closed.</summary>
    public IDisposable Open(string sessionId, Action end) => new Entry(_circuits, sessionId, end, () => { });

    private async Task EndAsync(string sessionId)
    {
        Call(_circuits, sessionId);
        await Task.Delay(LastWords, _clock);
        Call(_connections, sessionId);
    }

    private static void Call(ConcurrentDictionary<Entry, byte> entries, string sessionId)
    {
        foreach (var entry in entries.Keys.Where(entry => entry.SessionId == sessionId))
        {
            try
            {
                entry.End();
            }
            catch (Exception exception) when (exception is ObjectDisposedException or InvalidOperationException or OperationCanceledException)
            {
                // It is closing by itself, and the others are still to be told.
            }
        }
    }

    private void Release(string userId)
    {
        lock (_counting)
        {
            if (--_held[userId] == 0)
            {
                _held.Remove(userId);
            }
        }
    }

    private sealed class Entry : IDisposable
    {
        private readonly ConcurrentDictionary<Entry, byte> _home;
        private readonly Action _released;

        public Entry(ConcurrentDictionary<Entry, byte> home, string sessionId, Action end, Action released)
        {
            (_home, SessionId, End, _released) = (home, sessionId, end, released);
            home[this] = 0;
        }

        public string SessionId { get; }

        public Action End { get; }

        public void Dispose()
        {
            if (_home.TryRemove(this, out _))
            {
                _released();
            }
        }
    }
}
