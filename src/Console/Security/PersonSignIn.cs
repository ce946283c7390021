using System.Globalization;
using System.Security.Claims;
using AuthCore.Users;
using AuthCore.Users.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AdminConsole.Security;

/// <summary>Identity's sign-in, which also knows that a person can be disabled, and whose cookies stand for a session on the server.</summary>
internal sealed class PersonSignIn(
    UserManager<AuthUser> users, IHttpContextAccessor http, IUserClaimsPrincipalFactory<AuthUser> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<AuthUser>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<AuthUser> confirmation, DeviceCookie devices,
    TimeProvider clock, IBrowserSessions sessions)
    : SignInManager<AuthUser>(users, http, claims, options, logger, schemes, confirmation)
{
    /// <summary>When the person showed their password, in Unix seconds (OpenID Connect Core section 2).</summary>
    public const string AuthTime = "auth_time";

    public override async Task<bool> CanSignInAsync(AuthUser user) => user.DisabledAt is null && await base.CanSignInAsync(user);

    public override async Task<AuthUser?> ValidateSecurityStampAsync(ClaimsPrincipal? principal) =>
        await base.ValidateSecurityStampAsync(principal) is { DisabledAt: null } user ? user : null;

    /// <summary>A new session with a new identifier, in place of whatever session the browser had; the browser is a known device of theirs from now on.</summary>
    /// <returns>False when the person was disabled or changed since their password was compared: nobody is signed in.</returns>
    public async Task<bool> BeginSessionAsync(AuthUser user)
    {
        if (await sessions.BeginAsync(user, Context.User, Context.RequestAborted) is not { } sessionId)
        {
            return false;
        }

        var now = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        await SignInWithClaimsAsync(
            user, isPersistent: false, [new Claim(AuthTime, now, ClaimValueTypes.Integer64), new Claim(IBrowserSessions.SessionIdClaim, sessionId)]);
        devices.Write(Context, user);
        return true;
    }

    /// <summary>Signs out, on the server first: a copy of the cookie is worth nothing afterwards.</summary>
    public async Task EndSessionAsync()
    {
        await sessions.EndAsync(Context.User, SessionEnd.SignedOut, CancellationToken.None);
        await SignOutAsync();
    }
}
