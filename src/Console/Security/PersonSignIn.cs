using System.Globalization;
using System.Security.Claims;
using AuthCore.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AdminConsole.Security;

/// <summary>Identity's sign-in, which also knows that a person can be disabled, and notes when they signed in.</summary>
internal sealed class PersonSignIn(
    UserManager<AuthUser> users, IHttpContextAccessor http, IUserClaimsPrincipalFactory<AuthUser> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<AuthUser>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<AuthUser> confirmation, DeviceCookie devices,
    TimeProvider clock)
    : SignInManager<AuthUser>(users, http, claims, options, logger, schemes, confirmation)
{
    /// <summary>When the person showed their password, in Unix seconds (OpenID Connect Core section 2).</summary>
    public const string AuthTime = "auth_time";

    public override async Task<bool> CanSignInAsync(AuthUser user) => user.DisabledAt is null && await base.CanSignInAsync(user);

    public override async Task<AuthUser?> ValidateSecurityStampAsync(ClaimsPrincipal? principal) =>
        await base.ValidateSecurityStampAsync(principal) is { DisabledAt: null } user ? user : null;

    /// <summary>A new session, in place of whatever session the browser had; the browser is a known device of theirs from now on.</summary>
    public async Task BeginSessionAsync(AuthUser user)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        await SignInWithClaimsAsync(user, isPersistent: false, [new Claim(AuthTime, now, ClaimValueTypes.Integer64)]);
        devices.Write(Context, user);
    }
}
