using AuthCore.Clients;
using AuthCore.Grants;
using Microsoft.Extensions.Options;

namespace AuthCore.Authorize;

/// <summary>
/// Which self-registered clients, of those that nobody has allowed anything yet, wait for a person right now. Kept in memory and bounded: an authorization request
/// stores nothing, and what is lost here only loses its preference when registrations are dropped.
/// </summary>
internal sealed class PendingAuthorizations(IOptions<TokenOptions> options, TimeProvider time)
{
    private const int Most = 1000;

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, DateTimeOffset> _sent = [];
    private readonly OrderedDictionary<string, DateTimeOffset> _asked = [];

    /// <summary>A request was good and its person was sent to sign in or to consent. Anybody can bring this about.</summary>
    public void NoteSent(Client client) => Note(_sent, client);

    /// <summary>A signed-in person has the question in front of them. No anonymous caller can bring this about.</summary>
    public void NoteAsked(Client client) => Note(_asked, client);

    /// <summary>The clients of both kinds whose request can still be answered.</summary>
    public (string[] Sent, string[] Asked) Now()
    {
        lock (_lock)
        {
            Forget(_sent);
            Forget(_asked);
            return ([.. _sent.Keys], [.. _asked.Keys]);
        }
    }

    private void Note(OrderedDictionary<string, DateTimeOffset> waiting, Client client)
    {
        if (client is not { Origin: ClientOrigin.Dynamic, LastGrantedAt: null })
        {
            return;
        }

        lock (_lock)
        {
            waiting.Remove(client.ClientId);
            Forget(waiting);
            if (waiting.Count == Most)
            {
                waiting.RemoveAt(0);
            }

            waiting.Add(client.ClientId, time.GetUtcNow());
        }
    }

    private void Forget(OrderedDictionary<string, DateTimeOffset> waiting)
    {
        var since = time.GetUtcNow() - options.Value.RequestLifetime;
        while (waiting.Count > 0 && waiting.GetAt(0).Value < since)
        {
            waiting.RemoveAt(0);
        }
    }
}
