using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Http;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Host;

/// <summary>A host with something in every list: a few people, clients with plausible names that they connected, some refreshed, one reused, some refusals.</summary>
public sealed class PopulatedHost(Chromium chromium) : IAsyncLifetime
{
    private static readonly Person Ana = new("ana@example.com", "Northern-Lights-77");

    private static readonly Person Tomas = new("tomas@example.com", "Southern-Cross-88");

    private static readonly (Person By, string Name, string RedirectUri, string Agent, string Scope, int Refreshes)[] Connections =
    [
        (Ana, BusiestClient, "http://localhost:53412/callback", "claude-code/2.1.4", "read:secret account:read write", 4),
        (Tomas, "Visual Studio Code", "http://127.0.0.1:33418/", "vscode/1.107.0", "account:read write", 2),
        (Person.Administrator, OwnClient, "http://localhost:6274/oauth/callback", "inspector-client/2.12.0", "read:secret", 0),
        (Ana, ReusedClient, "http://localhost:8787/callback", "cursor/2.4.1", "read:secret account:read", 1),
        (Tomas, "Quarterly report bot", "https://reports.example.com/oauth/callback", "report-bot/0.9", "account:read", 3),
    ];

    // Few enough that a script with a loop runs into the limit at once, and enough for everybody else.
    private static readonly HostOptions SmallTokenAllowance = HostOptions.Default with
    {
        Settings = new Dictionary<string, string> { ["RateLimits__Token__Permits"] = "60" },
    };

    private RunningHost? _host;
    private string? _administrator;

    internal RunningHost Host => _host ?? throw new InvalidOperationException("The host has not been started.");

    internal const string ReusedClient = "Cursor";

    internal const string BusiestClient = "Claude Code";

    /// <summary>Connected by the administrator.</summary>
    internal const string OwnClient = "MCP Inspector";

    public async Task InitializeAsync()
    {
        _host = await RunningHost.StartAsync(SmallTokenAllowance);
        await AddPeopleAsync();
        foreach (var (by, name, redirectUri, agent, scope, refreshes) in Connections)
        {
            using var browser = new FormBrowser(_host.Origin, agent);
            using var client = await OAuthClient.RegisterAsync(_host, name, redirectUri, agent);
            await browser.SignInAsync(_host.At("/account/connections"), by);
            await UseAsync(client, await browser.ConnectAsync(client, scope), refreshes, reuse: name == ReusedClient);
        }

        await RunIntoRateLimitsAsync();
    }

    /// <summary>Signs the administrator in once; later calls return the same cookies.</summary>
    internal async Task<string> SignInAsync()
    {
        if (_administrator is null)
        {
            await chromium.WithPageAsync("sign in", Look.Ordinary, async page =>
            {
                await page.GotoAsync(Host.At("/account/connections").AbsoluteUri);
                await new LoginPage(page).SignInAsync(Person.Administrator);
                await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
                _administrator = await page.Context.StorageStateAsync();
            });
        }

        return _administrator!;
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    private async Task AddPeopleAsync()
    {
        var look = Look.Ordinary with { SignedIn = await SignInAsync() };
        await chromium.WithPageAsync("people", look, async page =>
        {
            var users = new UsersPage(page);
            await users.OpenAsync(Host);
            await users.AddAsync(Ana, "operator");
            await users.AddAsync(Tomas, "viewer");
        });
    }

    private static async Task UseAsync(OAuthClient client, TokenAnswer tokens, int refreshes, bool reuse)
    {
        var first = tokens.RefreshToken!;
        await client.CallToolAsync(tokens.AccessToken!, "whoami");
        for (var refresh = 0; refresh < refreshes; refresh++)
        {
            tokens = await client.RefreshAsync(tokens.RefreshToken!);
        }

        if (!reuse)
        {
            return;
        }
        // Two generations back is beyond any grace.
        tokens = await client.RefreshAsync(tokens.RefreshToken!);
        (await client.RefreshAsync(first)).Error.ShouldBe("invalid_grant");
    }

    private async Task RunIntoRateLimitsAsync()
    {
        using var broken = await OAuthClient.RegisterAsync(Host, "Broken script");
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if ((await broken.RefreshAsync("guess")).Status == System.Net.HttpStatusCode.TooManyRequests)
            {
                return;
            }
        }

        throw new InvalidOperationException("Two hundred guesses in a row were never refused.");
    }
}
