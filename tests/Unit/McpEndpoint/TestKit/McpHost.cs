using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AuthCore.Accounts;
using AuthCore.Database.Sqlite;
using AuthCore.Hooks;
using AuthCore.Hosting;
using AuthCore.Http;
using AuthCore.RateLimits;
using AuthCore.ResourceServer;
using AuthCore.Revocation;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using AuthCore.Telemetry;
using McpEndpoint;
using McpEndpoint.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UnitTests.TestKit;

namespace UnitTests.McpEndpoint.TestKit;

/// <summary>The endpoint in memory: real pipeline, real SQLite file and write lane, tokens that the test issues.</summary>
internal sealed class McpHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _directory;

    private McpHost(WebApplication app, string directory) => (_app, _directory) = (app, directory);

    public IssuedTokens Tokens => _app.Services.GetRequiredService<IssuedTokens>();

    public ManualTime Time => (ManualTime)_app.Services.GetRequiredService<TimeProvider>();

    public RecordedFacts Facts => _app.Services.GetRequiredService<RecordedFacts>();

    public IServiceProvider Services => _app.Services;

    public McpDbContext OpenDatabase() => _app.Services.GetRequiredService<McpDatabase>().OpenForReading();

    public static async Task<McpHost> StartAsync(Action<IServiceCollection>? configure = null, string publicUrl = "http://localhost", string? allowedOrigin = null)
    {
        var directory = Directory.CreateTempSubdirectory("mcp-endpoint-").FullName;
        MigratedDatabase.PutMcp(directory);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "McpEndpoint" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("Mcp:AllowedOrigins:0", allowedOrigin ?? "https://inspector.example")]);
        builder.Services.Configure<AuthCoreOptions>(options => (options.PublicUrl, options.DataDirectory) = (publicUrl, directory));
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<TimeProvider>(new ManualTime());
        builder.Services.AddSingleton<PublicOrigin>();
        builder.Services.AddSingleton<ScopeCatalog>();
        builder.Services.AddSingleton<AuthCoreMeter>();
        builder.Services.AddSingleton<DataDirectory>().AddSingleton<SqliteDatabase>();
        builder.Services.AddSingleton<IDatabase>(provider => provider.GetRequiredService<SqliteDatabase>());
        builder.Services.AddSingleton<SqliteWriteLane>();
        builder.Services.AddSingleton<IWriteLane>(provider => provider.GetRequiredService<SqliteWriteLane>());
        builder.Services.AddSingleton<IssuedTokens>();
        builder.Services.AddSingleton<IAccessTokenValidator>(provider => provider.GetRequiredService<IssuedTokens>());
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton<RecordedFacts>().AddSingleton<IFactStore>(provider => provider.GetRequiredService<RecordedFacts>());
        builder.Services.AddSingleton<IFactProjection, TestProjection>();
        builder.Services.AddHooks().AddSingleton<IFactProjection>(provider => provider.GetRequiredService<FactQueue>());
        builder.Services.AddSingleton<IRevocationService, OwnRevocation>();
        builder.Services.AddSingleton<IUserDirectory, KnownEmails>();
        builder.Services.AddCors(cors => cors.AddPolicy("authcore", policy => policy.AllowAnyOrigin()));
        builder.Services.AddRateLimiter(limits =>
        {
            limits.AddConcurrencyLimiter(RateLimitPolicies.Mcp, limit => limit.PermitLimit = 1_000);
            limits.AddConcurrencyLimiter(RateLimitPolicies.Metadata, limit => limit.PermitLimit = 1_000);
        });
        builder.AddMcpEndpoint();
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseCors();
        app.UseRateLimiter();
        app.MapMcpEndpoint();
        await StartStorageAsync(app.Services);
        await app.StartAsync();
        return new McpHost(app, directory);
    }

    /// <summary>Sends a request of a client that began with <c>initialize</c>.</summary>
    public Task<McpReply> LegacyAsync(string method, JsonObject? parameters = null, string? token = null) =>
        SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 7, ["method"] = method, ["params"] = parameters ?? [] }.ToJsonString(), token, ("MCP-Protocol-Version", "2025-11-25"));

    /// <summary>Calls a tool, as a client that began with <c>initialize</c>.</summary>
    public Task<McpReply> CallAsync(string tool, JsonObject? arguments = null, string? token = null) =>
        LegacyAsync("tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments ?? [] }, token);

    public async Task<McpReply> SendAsync(string body, string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await SendAsync(request);
    }

    public async Task<McpReply> SendAsync(HttpRequestMessage request)
    {
        using var client = _app.GetTestClient();
        using var response = await client.SendAsync(request);
        return await McpReply.ReadAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task StartStorageAsync(IServiceProvider services)
    {
        var connection = services.GetRequiredService<SqliteDatabase>().OpenForLane();
        var participants = services.GetServices<IStorageParticipant>().ToArray();
        foreach (var participant in participants)
        {
            await participant.MigrateAsync(connection, CancellationToken.None);
        }

        var lane = services.GetRequiredService<SqliteWriteLane>();
        lane.Start(connection);
        foreach (var participant in participants)
        {
            await participant.StartAsync(lane, CancellationToken.None);
        }
    }
}
