using System.Collections.Concurrent;

namespace AuthCore.Users;

/// <summary>
/// Who was refused which role in the present minute. A page that asks again and again is one line in the audit trail a minute, not one each time:
/// each line changes the trail, and a page that follows the trail would ask again because of it.
/// </summary>
internal sealed class RecentRefusals(TimeProvider time)
{
    /// <summary>People and roles that are told apart; with more, all are forgotten and recorded anew.</summary>
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<(string UserId, string Role), long> _minutes = new();

    /// <summary>The line of that refusal could not be written: the next one has it.</summary>
    public void Forget(string userId, string role) => _minutes.TryRemove((userId, role), out _);

    /// <summary>True for the first refusal of this person and role in this minute.</summary>
    public bool IsFirst(string userId, string role)
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        if (_minutes.Count >= Most)
        {
            _minutes.Clear();
        }

        while (true)
        {
            if (!_minutes.TryGetValue((userId, role), out var last))
            {
                if (_minutes.TryAdd((userId, role), minute))
                {
                    return true;
                }
            }
            else if (last == minute)
            {
                return false;
            }
            else if (_minutes.TryUpdate((userId, role), minute, last))
            {
                return true;
            }
        }
    }
}
