using System.Security.Claims;
using AdminConsole.Security;
using AuthCore.Hosting;
using AuthCore.Http;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace UnitTests.Console.Security;

/// <summary>What a browser is told about the two cookies, with TLS and on loopback without.</summary>
public sealed class SessionCookieTests
{
    [Theory]
    [InlineData("https://auth.example", "__Host-session", "__Host-forms", CookieSecurePolicy.Always)]
    [InlineData("http://localhost:5080", "session", "forms", CookieSecurePolicy.None)]
    public void Behind_TLS_a_cookie_is_secure_and_tied_to_its_host(string publicUrl, string session, string forms, CookieSecurePolicy secure)
    {
        using var services = ServicesFor(publicUrl);
        CookieBuilder[] cookies =
        [
            services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme).Cookie,
            services.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie,
        ];

        cookies.Select(cookie => cookie.Name).ShouldBe([session, forms]);
        cookies.ShouldAllBe(cookie => cookie.SecurePolicy == secure);
        cookies.ShouldAllBe(cookie => cookie.HttpOnly && cookie.SameSite == SameSiteMode.Lax && cookie.Path == "/" && cookie.Domain == null);
    }

    [Fact]
    public async Task A_session_that_is_looked_at_again_still_knows_when_its_person_signed_in()
    {
        using var services = ServicesFor("https://auth.example");
        var context = new SecurityStampRefreshingPrincipalContext
        {
            CurrentPrincipal = new ClaimsPrincipal(new ClaimsIdentity([new Claim(PersonSignIn.AuthTime, "1795262400")])),
            NewPrincipal = new ClaimsPrincipal(new ClaimsIdentity()),
        };
        await services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value.OnRefreshingPrincipal!(context);
        context.NewPrincipal.FindFirstValue(PersonSignIn.AuthTime).ShouldBe("1795262400");
    }

    private static ServiceProvider ServicesFor(string publicUrl)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.Configure<AuthCoreOptions>(options => options.PublicUrl = publicUrl);
        builder.Services.AddSingleton<PublicOrigin>();
        builder.Services.AddAntiforgery();
        builder.Services.AddSessionCookie();
        return builder.Services.BuildServiceProvider();
    }
}
