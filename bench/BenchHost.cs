using System.Security.Claims;
using AuthCore;
using AuthCore.Consent;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bench;

/// <summary>
/// The authorization server embedded in a host of its own, as any application could. Its consent page is an endpoint that always allows:
/// what is measured is the server, not a person.
/// </summary>
internal static class BenchHost
{
    public const string AllowPath = "/bench/allow";
    public const string Scope = "bench:read";

    private const string Email = "bench@example.org";

    /// <param name="folder">The data directory.</param>
    /// <param name="url">Where to listen; port 0 takes a free one.</param>
    /// <param name="settings">Configuration on top.</param>
    public static WebApplication Build(string folder, string url, params IEnumerable<(string Key, string Value)> settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseUrls(url);
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["DataDirectory"] = folder,
            ["RateLimits:Enabled"] = "false",
            ["Setup:AdminEmail"] = Email,
            ["Setup:AdminPassword"] = Guid.NewGuid().ToString("N"),
            ["Tokens:AccessTokenLifetime"] = "01:00:00",
            // One person holds every grant here, all for one client that registered itself.
            ["Tokens:SupersedeOlderGrants"] = "false",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));

        builder.Services.AddAuthCore(builder.Configuration);
        builder.Services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme);
        builder.Services.AddSingleton(new ScopeDefinition(Scope, "Be measured", "Nothing else.", ScopeRisk.Read));
        builder.Services.AddSingleton<CounterTable>().AddSingleton<IStorageParticipant>(provider => provider.GetRequiredService<CounterTable>());

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthCore();
        app.MapAuthCore();
        app.MapPost(AllowPath, AllowAsync);
        return app;
    }

    /// <summary>The administrator, who holds every grant.</summary>
    public static async Task<ClaimsPrincipal> PersonAsync(IServiceProvider services)
    {
        var user = await services.GetRequiredService<UserManager<AuthUser>>().FindByEmailAsync(Email) ?? throw new InvalidOperationException("The bench's person is gone.");
        return new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.Id), new Claim(new ClaimsIdentityOptions().SecurityStampClaimType, user.SecurityStamp!)], "bench"));
    }

    private static async Task<string> AllowAsync([FromQuery] string ticket, IConsentInteraction consent, IServiceProvider services, CancellationToken cancellationToken)
    {
        var person = await PersonAsync(services);
        var opening = (ConsentOpening.Ready)await consent.OpenAsync(ticket, person, cancellationToken);
        var answer = new ConsentAnswer(opening.Request.BoundTicket, true, [Scope]);
        return ((ConsentOutcome.Redirect)await consent.AnswerAsync(answer, person, cancellationToken)).Location.OriginalString;
    }
}
