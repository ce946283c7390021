using System.Globalization;
using System.Security.Claims;
using AuthCore.Users.Sessions;

namespace AuthCore.Consent;

/// <summary>The person of a browser session.</summary>
internal sealed class SignedInPerson
{
    private const string AuthTimeClaim = "auth_time";

    private readonly ClaimsPrincipal _principal;

    private SignedInPerson(ClaimsPrincipal principal, string userId)
    {
        _principal = principal;
        UserId = userId;
    }

    public string UserId { get; }

    /// <summary>When they signed in, in whole seconds; null when the session does not say.</summary>
    public DateTimeOffset? AuthenticatedAt =>
        long.TryParse(Claim(AuthTimeClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    public string? SessionId => BrowserSessions.IdOf(_principal);

    /// <summary>Null when nobody is signed in.</summary>
    public static SignedInPerson? Of(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true } && principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } userId ? new SignedInPerson(principal, userId) : null;

    public string? Claim(string type) => _principal.FindFirstValue(type);

    /// <summary>Whether they proved who they are at or after a time; null for any time.</summary>
    public bool SignedInSince(DateTimeOffset? time) => time is not { } since || AuthenticatedAt >= Whole(since);

    /// <summary>The claim has whole seconds, so a comparison with it must too.</summary>
    private static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
