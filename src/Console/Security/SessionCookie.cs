using AuthCore;
using AuthCore.Users;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AdminConsole.Security;

/// <summary>The browser's session: one cookie, checked against the person behind it at least every 20 seconds.</summary>
internal static class SessionCookie
{
    /// <summary>How long a session may go on after its person was disabled, changed their password or lost a role, in pages and circuits alike.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    public static void AddSessionCookie(this IServiceCollection services)
    {
        // Identity's validator, when it ends a session, also ends the remembered second factor, and fails where no such cookie is known.
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.TwoFactorRememberMeScheme);
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<PublicOrigin, IOptions<AuthCoreOptions>>(Session);
        services.AddOptions<AntiforgeryOptions>().Configure<PublicOrigin>(Antiforgery);
        services.Configure<SecurityStampValidatorOptions>(KeepSignInTime);

        new IdentityBuilder(typeof(AuthUser), typeof(IdentityRole), services).AddSignInManager<PersonSignIn>();
        services.AddScoped<AuthenticationStateProvider, CircuitSession>();
    }

    private static void Session(CookieAuthenticationOptions cookie, PublicOrigin origin, IOptions<AuthCoreOptions> authCore)
    {
        Harden(cookie.Cookie, "session", origin);
        cookie.LoginPath = authCore.Value.LoginPath;
        cookie.AccessDeniedPath = "/account/denied";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.ExpireTimeSpan = Lifetime;
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
    }

    // Lax: an authorization request comes from another site, and a cookie that stays behind would be replaced under an open form.
    private static void Antiforgery(AntiforgeryOptions options, PublicOrigin origin)
    {
        Harden(options.Cookie, "forms", origin);
        options.SuppressXFrameOptionsHeader = true;
    }

    // __Host- ties a cookie to this very host and to TLS; browsers refuse the prefix on plain http, which is served on loopback only.
    public static void Harden(CookieBuilder cookie, string name, PublicOrigin origin)
    {
        cookie.Name = origin.IsHttps ? $"__Host-{name}" : name;
        cookie.SecurePolicy = origin.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.HttpOnly = true;
        cookie.Path = "/";
        cookie.IsEssential = true;
    }

    private static void KeepSignInTime(SecurityStampValidatorOptions options)
    {
        options.ValidationInterval = Recheck;
        options.OnRefreshingPrincipal = refresh =>
        {
            if (refresh.CurrentPrincipal?.FindFirst(PersonSignIn.AuthTime) is { } signedInAt
                && refresh.NewPrincipal?.Identities.First() is { } fresh)
            {
                fresh.AddClaim(signedInAt.Clone(fresh));
            }

            return Task.CompletedTask;
        };
    }
}
