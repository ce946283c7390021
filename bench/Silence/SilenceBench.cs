using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;
using AuthCore.Accounts;
using AuthCore.Revocation;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Bench.Silence;

/// <summary>How long the write lane answers nobody while it cleans up, or ends very many connections at once, in a database of a million families.</summary>
internal static class SilenceBench
{
    private const string Email = "many@example.org";

    private static readonly (string Key, string Value)[] Settings =
    [
        ("Clients:0:ClientId", ManyFamilies.ClientId), ("Clients:0:Name", "Has many"), ("Clients:0:RedirectUris:0", OAuthClient.RedirectUri),
        // Only the turns that are measured, after the one at start.
        ("Database:CleaningPeriod", "1.00:00:00"),
    ];

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var families = arguments.Number("families", 1_000_000, 1_000, 2_000_000);
        var ends = arguments.Number("ends", 50_000, 100, families / 3);
        var clients = arguments.Number("clients", 8, 1, 64);
        using var scratch = arguments.NewFolder();
        Machine.Describe(scratch.FullPath);
        var folder = scratch.Below("data");
        var database = Path.Combine(folder, "mcp-auth.db");

        var (clientId, tokens, userId) = await PrepareAsync(folder, clients);
        ManyFamilies.Add(database, families, ends, userId);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{families:#,##0} families, {new FileInfo(database).Length / 1_000_000:#,##0} MB; {clients} clients refresh; {ends:#,##0} families are ended or purged"));

        await using var app = BenchHost.Build(folder, "http://127.0.0.1:0", Settings);
        await app.StartAsync();
        using var http = OAuthClient.Http(app.Urls.Single());
        var refreshing = new RefreshingClients(new OAuthClient(http, clientId), tokens);
        var administrator = await AdministratorAsync(app);
        Console.WriteLine("| what goes on | s | longest silence, ms | p50, ms | p99, ms | longest, ms | answers/s |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        await refreshing.MeasureAsync("nothing, to warm up", () => Task.Delay(TimeSpan.FromSeconds(20)));
        await refreshing.MeasureAsync("nothing", () => Task.Delay(TimeSpan.FromSeconds(10)));
        for (var turn = 0; turn < 3; turn++)
        {
            await refreshing.MeasureAsync("a cleaner turn with nothing to do", () => CleanAsync(app));
        }

        ManyFamilies.MakeOld(database, ends);
        await refreshing.MeasureAsync("a cleaner turn with that many to purge", () => CleanAsync(app));
        await refreshing.MeasureAsync("nothing", () => Task.Delay(TimeSpan.FromSeconds(10)));
        await refreshing.MeasureAsync("disabling a user with that many", () => UntilRevokedAsync(
            database, "UserId", userId, () => app.Services.GetRequiredService<IUserDirectory>().SetDisabledAsync(administrator, userId, disabled: true)));
        await refreshing.MeasureAsync("disabling a client with that many", () => UntilRevokedAsync(
            database, "ClientId", ManyFamilies.ClientId, () => app.Services.GetRequiredService<IRevocationService>().RevokeAsync(administrator, new RevocationTarget.Client(ManyFamilies.ClientId))));
        await refreshing.MeasureAsync("nothing", () => Task.Delay(TimeSpan.FromSeconds(10)));
        return 0;
    }

    private static async Task<(string ClientId, string[] Tokens, string UserId)> PrepareAsync(string folder, int clients)
    {
        await using var app = BenchHost.Build(folder, "http://127.0.0.1:0", Settings);
        await app.StartAsync();
        using var http = OAuthClient.Http(app.Urls.Single());
        var client = await OAuthClient.RegisterAsync(http);
        var tokens = new string[clients];
        for (var i = 0; i < clients; i++)
        {
            tokens[i] = (await client.ConnectAsync()).Refresh;
        }

        var added = await app.Services.GetRequiredService<IUserDirectory>().AddAsync(await AdministratorAsync(app), Email, Guid.NewGuid().ToString("N"), null);
        var userId = added is UserChange.Done done ? done.UserId : throw new InvalidOperationException("The person could not be added.");
        await app.StopAsync();
        return (client.ClientId, tokens, userId);
    }

    private static async Task<ClaimsPrincipal> AdministratorAsync(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var user = (await scope.ServiceProvider.GetRequiredService<UserManager<AuthUser>>().GetUsersInRoleAsync(Roles.Administrator))[0];
        return new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, user.Id), new Claim(new ClaimsIdentityOptions().SecurityStampClaimType, user.SecurityStamp!)], "bench"));
    }

    private static async Task CleanAsync(WebApplication app)
    {
        foreach (var cleanup in app.Services.GetServices<ICleanup>())
        {
            await cleanup.CleanAsync(CancellationToken.None);
        }
    }

    private static async Task UntilRevokedAsync(string database, string column, string id, Func<Task> disable)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await disable();
        }
        catch (StorageBusyException refused)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| *refused after {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s: {refused.Message}* | | | | | | |"));
            return;
        }

        var acknowledged = Stopwatch.GetElapsedTime(begun);
        while (ManyFamilies.CountLeft(database, column, id) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| *acknowledged after {acknowledged.TotalMilliseconds:0} ms, the last one revoked after {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s* | | | | | | |"));
    }
}
