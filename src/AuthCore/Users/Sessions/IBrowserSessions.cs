using System.Security.Claims;

namespace AuthCore.Users.Sessions;

/// <summary>
/// The sessions behind the host's session cookie. The host puts <see cref="SessionIdClaim"/> into the cookie at sign-in and asks
/// <see cref="IsAlive"/> at every request that carries it.
/// </summary>
public interface IBrowserSessions
{
    /// <summary>The claim that names a person's session (OpenID Connect Front-Channel Logout 1.0 §3).</summary>
    const string SessionIdClaim = "sid";

    /// <summary>Begins a session for a person who has just shown their password. Address and user agent come from the current request.</summary>
    /// <param name="user">Who, as they were when the password was compared.</param>
    /// <param name="before">The person who was signed in in this browser until now: that session ends in the same commit.</param>
    /// <param name="cancellationToken">Gives up while nothing is written.</param>
    /// <returns>The new session's identifier; null when the person was disabled or changed meanwhile, and there is no session.</returns>
    Task<string?> BeginAsync(AuthUser user, ClaimsPrincipal before, CancellationToken cancellationToken = default);

    /// <summary>Ends the person's own session. When it has returned, no request with its cookie is signed in.</summary>
    Task EndAsync(ClaimsPrincipal person, SessionEnd why, CancellationToken cancellationToken = default);

    /// <summary>False for a session that has ended, is over or was never known, and for callers without one.</summary>
    bool IsAlive(ClaimsPrincipal person);

    /// <summary>The person did something, so the idle time begins anew. Without an address, it was from where they were last seen. Returns at once; a session that is over stays over.</summary>
    void Seen(ClaimsPrincipal person, string? address);

    /// <summary>Calls back with the identifier of every session that ends, for as long as the host runs. The callback must return at once.</summary>
    void OnEnded(Action<string> ended);
}
