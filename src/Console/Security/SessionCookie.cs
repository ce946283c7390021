using System.Security.Claims;
using AuthCore.Hosting;
using AuthCore.Http;
using AuthCore.Storage;
using AuthCore.Users;
using AuthCore.Users.Sessions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AdminConsole.Security;

/// <summary>
/// The browser's session: one cookie that names a session on the server. Every request asks whether that is alive, and at least every 20 seconds whether
/// the person behind it is who they were.
/// </summary>
internal static class SessionCookie
{
    /// <summary>How long a session may go on after its person was disabled, changed their password or lost a role, in pages and circuits alike.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(20);

    /// <summary>What a cookie says of the session; Identity makes the rest anew from the database.</summary>
    private static readonly string[] KeptClaims = [PersonSignIn.AuthTime, IBrowserSessions.SessionIdClaim];

    public static void AddSessionCookie(this IServiceCollection services)
    {
        // Identity's validator, when it ends a session, also ends the remembered second factor, and fails where no such cookie is known.
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.TwoFactorRememberMeScheme);
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<PublicOrigin, IOptions<AuthCoreOptions>, IOptions<BrowserSessionOptions>>(Session);
        services.AddOptions<AntiforgeryOptions>().Configure<PublicOrigin>(Antiforgery);
        services.Configure<SecurityStampValidatorOptions>(KeepSession);

        new IdentityBuilder(typeof(AuthUser), typeof(IdentityRole), services).AddSignInManager<PersonSignIn>();
        services.AddScoped<AuthenticationStateProvider, CircuitSession>();
        services.AddSingleton<OpenPages>();
        services.AddScoped<CircuitHandler, CircuitGuard>();
    }

    private static void Session(CookieAuthenticationOptions cookie, PublicOrigin origin, IOptions<AuthCoreOptions> authCore, IOptions<BrowserSessionOptions> sessions)
    {
        Harden(cookie.Cookie, "session", origin);
        cookie.LoginPath = authCore.Value.LoginPath;
        cookie.AccessDeniedPath = "/account/denied";
        cookie.ReturnUrlParameter = "returnUrl";

        // The session on the server ends earlier when it is idle; the cookie only must not outlive it for ever.
        cookie.ExpireTimeSpan = sessions.Value.Lifetime;
        cookie.SlidingExpiration = false;
        cookie.Events.OnValidatePrincipal = ValidateAsync;
    }

    /// <summary>
    /// Asked on every request with the cookie. The cookie of an ended session is refused and not deleted: the answer to a request that was sent before a
    /// new sign-in must not take the new cookie away.
    /// </summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var sessions = http.RequestServices.GetRequiredService<IBrowserSessions>();
        if (context.Principal is not { } person || !sessions.IsAlive(person))
        {
            context.RejectPrincipal();
            return;
        }

        await SecurityStampValidator.ValidatePrincipalAsync(context);
        if (context.Principal is null)
        {
            await EndAsync(sessions, person);
        }
        else if (IsUse(http.Request))
        {
            sessions.Seen(person, http.Connection.RemoteIpAddress?.ToString());
        }
    }

    private static async Task EndAsync(IBrowserSessions sessions, ClaimsPrincipal person)
    {
        try
        {
            await sessions.EndAsync(person, SessionEnd.AccountChanged, CancellationToken.None);
        }
        catch (StorageBusyException)
        {
            // The cookie is refused all the same, now and whenever it comes again.
        }
    }

    /// <summary>What a page asks for by itself, with nobody in front of it, does not keep the session alive.</summary>
    private static bool IsUse(HttpRequest request) =>
        !request.Path.StartsWithSegments(PagePaths.Circuits, StringComparison.OrdinalIgnoreCase) && (request.Path != SessionProbe.Path || request.Query.ContainsKey(SessionProbe.Used));

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

    private static void KeepSession(SecurityStampValidatorOptions options)
    {
        options.ValidationInterval = Recheck;
        options.OnRefreshingPrincipal = refresh =>
        {
            if (refresh.NewPrincipal?.Identities.First() is { } fresh)
            {
                foreach (var kept in KeptClaims.Select(refresh.CurrentPrincipal!.FindFirst).OfType<Claim>())
                {
                    fresh.AddClaim(kept.Clone(fresh));
                }
            }

            return Task.CompletedTask;
        };
    }
}
