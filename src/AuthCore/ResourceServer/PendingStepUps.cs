using System.Collections.Concurrent;
using AuthCore.Token;
using Microsoft.Extensions.Options;

namespace AuthCore.ResourceServer;

/// <summary>
/// Families of which a call was refused a moment ago for want of a scope. Some clients answer that with a refresh, which cannot give more than was allowed, and
/// then give up; the one refresh that follows sends them to their user instead (decision 18). In memory: what a restart forgets costs one manual sign-in.
/// </summary>
internal sealed class PendingStepUps(IOptions<TokenOptions> options, TimeProvider time)
{
    /// <summary>Each needs a token that its user allowed, so this is far beyond what honest clients make in the window.</summary>
    private const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<string, long> _refusedAt = new(StringComparer.Ordinal);

    public void Add(string familyId)
    {
        if (options.Value.StepUpWindow > TimeSpan.Zero && HasRoom())
        {
            _refusedAt[familyId] = time.GetTimestamp();
        }
    }

    /// <summary>True for one caller, and only within the window.</summary>
    public bool TryRedeem(string familyId) => _refusedAt.TryRemove(familyId, out var at) && IsRecent(at);

    private bool HasRoom()
    {
        if (_refusedAt.Count < MaxRemembered)
        {
            return true;
        }

        foreach (var entry in _refusedAt.Where(entry => !IsRecent(entry.Value)))
        {
            _refusedAt.TryRemove(entry);
        }

        return _refusedAt.Count < MaxRemembered;
    }

    private bool IsRecent(long at) => time.GetElapsedTime(at) < options.Value.StepUpWindow;
}
