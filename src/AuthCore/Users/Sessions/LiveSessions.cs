using System.Collections.Concurrent;
using System.Data.Common;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthCore.Users.Sessions;

/// <summary>
/// The sessions that are alive, asked on every request with a session cookie. What is not in here is refused: the lane adds a session with its row
/// and takes it out before its end is acknowledged, so there is no moment in which an ended session still counts.
/// </summary>
internal sealed class LiveSessions(IReadDatabase database, IOptions<BrowserSessionOptions> options, TimeProvider time) : IStorageParticipant
{
    private readonly ConcurrentDictionary<string, LiveSession> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Action<string>> _listeners = [];

    public bool IsAlive(string sessionId, string userId)
    {
        if (!_sessions.TryGetValue(sessionId, out var session) || session.UserId != userId)
        {
            return false;
        }

        if (WhyOver(session) is null)
        {
            return true;
        }

        Tell(sessionId, session);
        return false;
    }

    /// <summary>Notes that the session was used; without an address, from where it was used before. Returns at once.</summary>
    public void Seen(string sessionId, string? address)
    {
        if (_sessions.TryGetValue(sessionId, out var session) && WhyOver(session) is null)
        {
            session.Seen = new SessionSighting(time.GetUtcNow(), address ?? session.Seen.Address);
        }
    }

    /// <summary>What is known of its last use; null when it is not alive.</summary>
    public SessionSighting? LastSeen(string sessionId) => _sessions.GetValueOrDefault(sessionId)?.Seen;

    /// <summary>Call from <see cref="WriteUnit.OnCommitted"/>.</summary>
    public void Add(BrowserSession row) => _sessions[row.SessionId] = new LiveSession(row.UserId, row.BegunAt, new SessionSighting(row.LastSeenAt, row.LastSeenFrom));

    /// <summary>Call from <see cref="WriteUnit.OnCommitted"/>.</summary>
    public void Remove(string sessionId)
    {
        if (_sessions.TryRemove(sessionId, out var session))
        {
            Tell(sessionId, session);
        }
    }

    /// <summary>Calls back with the identifier of every session that ends, for as long as the host runs. The callback must return at once.</summary>
    public void OnEnded(Action<string> ended) => _listeners.Add(ended);

    /// <summary>Those whose time is over, and why.</summary>
    public IReadOnlyList<(string SessionId, SessionEnd Why)> Over() =>
        [.. from session in _sessions let why = WhyOver(session.Value) where why is not null select (session.Key, why.Value)];

    /// <summary>What was seen since it was last written, by session.</summary>
    public IReadOnlyList<(string SessionId, SessionSighting Seen)> UnwrittenSightings() =>
        [.. from session in _sessions let seen = session.Value.Seen where !ReferenceEquals(seen, session.Value.Written) select (session.Key, seen)];

    /// <summary>Call from <see cref="WriteUnit.OnCommitted"/>.</summary>
    public void MarkWritten(string sessionId, SessionSighting seen)
    {
        if (_sessions.TryGetValue(sessionId, out var session))
        {
            session.Written = seen;
        }
    }

    public Task MigrateAsync(DbConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Knows again, before the host listens, who was signed in when it stopped.</summary>
    public async Task StartAsync(IWriteLane lane, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await foreach (var row in db.BrowserSessions().Where(session => session.EndedAt == null).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            Add(row);
        }
    }

    /// <summary>Once: a session whose time is over is refused, and its pages are told, before upkeep comes to its row.</summary>
    private void Tell(string sessionId, LiveSession session)
    {
        if (session.TryTell())
        {
            foreach (var listener in _listeners)
            {
                listener(sessionId);
            }
        }
    }

    private SessionEnd? WhyOver(LiveSession session)
    {
        var now = time.GetUtcNow();
        return now - session.BegunAt >= options.Value.Lifetime ? SessionEnd.LifetimeOver
            : now - session.Seen.At >= options.Value.IdleTimeout ? SessionEnd.Idle
            : null;
    }

    private sealed class LiveSession(string userId, DateTimeOffset begunAt, SessionSighting seen)
    {
        private int _told;

        public string UserId => userId;

        public DateTimeOffset BegunAt => begunAt;

        public SessionSighting Seen { get; set; } = seen;

        /// <summary>The sighting that the row has.</summary>
        public SessionSighting Written { get; set; } = seen;

        public bool TryTell() => Interlocked.Exchange(ref _told, 1) == 0;
    }
}

/// <summary>When and from where a session was used.</summary>
internal sealed record SessionSighting(DateTimeOffset At, string? Address);
