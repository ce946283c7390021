using AdminConsole.Features.Dashboard;
using AdminConsole.Security;
using AdminConsole.Shared;
using Radzen;

namespace AdminConsole;

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
            builder.WebHost.UseUrls(DefaultAddress);

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<BlazorScript>();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddAntiforgery();
        builder.Services.AddRolePolicies();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddRadzenComponents();
        builder.Services.AddScoped<Confirm>();
        builder.Services.AddScoped<ConsoleAction>();
        builder.Services.AddScoped<RevokeFlow>();
        builder.Services.AddScoped<DashboardReader>();
    }

    public static void UseConsole(this WebApplication app)
    {
        app.UseRouting();
        app.UseResponseHeaders();
        app.UseAntiforgery();

        app.MapStaticAssets();
        app.MapBlazorScript();
        app.MapAppearance();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(circuit => circuit.ContentSecurityFrameAncestorsPolicy = null)
            .WithMetadata(PagePolicy.Interactive);
    }

    private static bool HasAddress(ConfigurationManager configuration) =>
        AddressKeys.Any(key => !string.IsNullOrEmpty(configuration[key]))
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
}
