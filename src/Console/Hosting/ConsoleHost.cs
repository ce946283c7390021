using AdminConsole.Features;
using AdminConsole.Features.Account;
using AdminConsole.Features.BrowserSessions;
using AdminConsole.Features.Connections;
using AdminConsole.Features.Consent;
using AdminConsole.Features.Dashboard;
using AdminConsole.Features.Errors;
using AdminConsole.Features.Setup;
using AdminConsole.Shared;
using AuthCore;
using AuthCore.Http;
using AuthCore.Users;
using McpEndpoint;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Radzen;

namespace AdminConsole.Hosting;

/// <summary>Everything that makes the host a console: components, security of pages, and their endpoints.</summary>
internal static class ConsoleHost
{
    private const string DefaultAddress = "http://localhost:5080";
    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    public static void AddConsole(this WebApplicationBuilder builder)
    {
        // Outside Development a build output would otherwise serve no stylesheet.
        builder.WebHost.UseStaticWebAssets();
        if (!HasAddress(builder.Configuration))
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }

        builder.Logging.AddCleanLog();
        builder.Services.AddAuthCore(builder.Configuration);
        builder.AddMcpEndpoint();

        var services = builder.Services;
        services.AddTrustedProxies(builder.Configuration);
        services.AddAntiforgery();
        // In Development, too, a form that cannot be read is 400 and no exception.
        services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = false);
        services.AddSessionCookie();
        services.AddRolePolicies();
        services.AddAccount();

        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddRadzenComponents();
        services.AddScoped<Confirm>();
        services.AddScoped<ConsoleAction>();
        services.AddScoped<RevokeFlow>();
        services.AddScoped<DashboardReader>();
    }

    public static void UseConsole(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseResponseHeaders(app.Services.GetRequiredService<PublicOrigin>().IsHttps);
        app.UsePublicHost();
        app.UseCircuitOrigin();
        app.UseErrorPages();
        app.UseRouting();
        app.UseHttpsOnly();
        app.UseAuthentication();
        app.UseCircuitConnections();
        app.UseAuthCore();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseConsentSignIn();

        app.MapAuthCore();
        app.MapMcpEndpoint();
        app.MapHealthChecks(Probes.Live, new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks(Probes.Ready);

        app.MapStaticAssets();
        app.MapSessionProbe();
        app.MapHome();
        app.MapAccount();
        app.MapAppearance();
        app.MapConsent();
        app.MapConnections();
        app.MapOwnSessions();
        app.MapSetup();
        app.MapErrorPage();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(circuit => circuit.ContentSecurityFrameAncestorsPolicy = null)
            .RequireAuthorization(Roles.Viewer)
            .WithMetadata(PagePolicy.Interactive);
    }

    private static bool HasAddress(ConfigurationManager configuration) =>
        AddressKeys.Any(key => !string.IsNullOrEmpty(configuration[key]))
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
}
