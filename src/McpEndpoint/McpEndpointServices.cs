using AuthCore.Audit;
using AuthCore.Clients;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using McpEndpoint.Confirmation;
using McpEndpoint.Http;
using McpEndpoint.Samples;
using McpEndpoint.Storage;
using McpEndpoint.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace McpEndpoint;

/// <summary>Adds the MCP endpoint to a host that has AuthCore.</summary>
public static class McpEndpointServices
{
    /// <summary>
    /// Registers the endpoint; tools are added with <see cref="McpTools"/>. Reads the section <c>Mcp</c> (see <see cref="McpOptions"/>), and
    /// <c>Samples:Enabled</c>: whether there are sample tools, by default everywhere but in production.
    /// </summary>
    public static IHostApplicationBuilder AddMcpEndpoint(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<McpOptions>().Bind(builder.Configuration.GetSection("Mcp")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<McpOptions>, McpOptionsValidator>();
        if (builder.Configuration["Mcp:ServerName"] is { Length: > 0 and <= 64 } ownName && ownName.Any(char.IsLetterOrDigit))
        {
            services.Configure<RegistrationOptions>(registration => registration.OwnNames.Add(ownName));
        }

        services.TryAddSingleton(TimeProvider.System);

        services.AddScoped<Caller>();
        services.AddScoped<AccessGrant>(provider =>
            provider.GetRequiredService<Caller>().Grant ?? throw new InvalidOperationException("A public tool has no AccessGrant: nobody needs to be signed in."));
        services.AddSingleton<OriginGuard>();
        services.AddSingleton<BearerChallenge>();
        services.AddSingleton<BearerAuthentication>();
        services.AddSingleton<ScopeGate>();
        services.AddSingleton<SdkLog>();
        services.AddSingleton<DirectCalls>();
        services.AddSingleton<StreamableHttpBinding>();
        services.AddSingleton<McpPostEndpoint>();
        services.AddSingleton<McpGetEndpoint>();
        services.AddSingleton<ProtectedResourceMetadataEndpoint>();

        services.AddSingleton<ToolCatalog>();
        services.AddSingleton<ToolGuard>();
        services.AddSingleton<ServerSettings>();
        services.AddConfirmation();

        services.AddSingleton<McpDatabase>();
        services.AddSingleton<IStorageParticipant, McpStorage>();

        // Empty is not set, as with every other setting.
        if (string.IsNullOrEmpty(builder.Configuration["Samples:Enabled"]) ? !builder.Environment.IsProduction() : builder.Configuration.GetValue<bool>("Samples:Enabled"))
        {
            services.AddSampleTools();
        }

        return builder;
    }

    private static void AddConfirmation(this IServiceCollection services)
    {
        services.AddSingleton<PendingActions>();
        services.AddSingleton<RunningActions>().AddSingleton<IFactProjection>(provider => provider.GetRequiredService<RunningActions>()).AddSingleton<IFactProjection, ActionLog>();
        services.AddFactsOf(typeof(McpEndpointServices).Assembly);
        services.AddSingleton<TransactionalRunner>();
        services.AddSingleton<ExternalRunner>();
        services.AddSingleton<Confirmations>();
        services.AddSingleton<McpServerTool, ConfirmRequestTool>();
        services.AddSingleton<ICleanup, PendingActionCleaner>();
    }
}
