using System.Collections.Concurrent;
using AuthCore.Protocol;
using Microsoft.Extensions.Options;

namespace AuthCore.Grants;

/// <summary>
/// Families of which a call was refused a moment ago for want of a scope. Some clients answer that with a refresh, which cannot give more than was allowed, and
/// then give up; the one refresh that follows sends them to their user instead (decision 18). In memory: what a restart forgets costs one manual sign-in.
/// </summary>
internal sealed class PendingStepUps(IOptions<TokenOptions> options, TimeProvider time)
{
    /// <summary>Each needs a token that its user allowed, so this is far beyond what honest clients make in the window.</summary>
    private const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<string, Refusal> _refused = new(StringComparer.Ordinal);

    /// <param name="familyId">Whose call was refused.</param>
    /// <param name="needed">What the call needs.</param>
    public void Add(string familyId, ScopeSet needed)
    {
        if (options.Value.StepUpWindow > TimeSpan.Zero && HasRoom())
        {
            _refused[familyId] = new Refusal(time.GetTimestamp(), needed);
        }
    }

    /// <summary>True for one caller, only within the window, and only if the family lacks what was needed: a narrowed token alone is mended by a refresh.</summary>
    public bool TryRedeem(string familyId, ScopeSet granted) =>
        _refused.TryRemove(familyId, out var refusal) && IsRecent(refusal.At) && !refusal.Needed.IsSubsetOf(granted);

    private bool HasRoom()
    {
        if (_refused.Count < MaxRemembered)
        {
            return true;
        }

        foreach (var entry in _refused.Where(entry => !IsRecent(entry.Value.At)))
        {
            _refused.TryRemove(entry);
        }

        return _refused.Count < MaxRemembered;
    }

    private bool IsRecent(long at) => time.GetElapsedTime(at) < options.Value.StepUpWindow;

    private sealed record Refusal(long At, ScopeSet Needed);
}
