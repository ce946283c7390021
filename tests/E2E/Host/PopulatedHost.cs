using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Http;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Host;

/// <summary>A host with something in every list: clients with plausible names, connected through login and consent, some refreshed, one reused, some refusals.</summary>
public sealed class PopulatedHost : IAsyncLifetime
{
    private static readonly (string Name, string RedirectUri, string Agent, string Scope, int Refreshes)[] Connections =
    [
        ("Claude Code", "http://localhost:53412/callback", "claude-code/2.1.4", "read:secret account:read write", 4),
        ("Visual Studio Code", "http://127.0.0.1:33418/", "vscode/1.107.0", "account:read write", 2),
        ("MCP Inspector", "http://localhost:6274/oauth/callback", "inspector-client/2.12.0", "read:secret", 0),
        ("Cursor", "http://localhost:8787/callback", "cursor/2.4.1", "read:secret account:read", 1),
        ("Quarterly report bot", "https://reports.example.com/oauth/callback", "report-bot/0.9", "account:read", 3),
    ];

    // Few enough that a script with a loop runs into the limit at once, and enough for everybody else.
    private static readonly HostOptions SmallTokenAllowance = HostOptions.Default with
    {
        Settings = new Dictionary<string, string> { ["RateLimits__Token__Permits"] = "60" },
    };

    private RunningHost? host;

    internal RunningHost Host => host ?? throw new InvalidOperationException("The host has not been started.");

    /// <summary>Cookies of a signed-in administrator, by the way they got them: the login form.</summary>
    internal string? Administrator { get; private set; }

    internal const string ReusedClient = "Cursor";

    internal const string BusiestClient = "Claude Code";

    public async Task InitializeAsync()
    {
        host = await RunningHost.StartAsync(SmallTokenAllowance);
        foreach (var (name, redirectUri, agent, scope, refreshes) in Connections)
        {
            using var browser = new FormBrowser(host.Origin, agent);
            using var client = await OAuthClient.RegisterAsync(host, name, redirectUri, agent);
            await browser.SignInAsync(host.At("/account/connections"), Person.Administrator);
            await UseAsync(client, await browser.ConnectAsync(client, scope), refreshes, reuse: name == ReusedClient);
        }

        await RunIntoRateLimitsAsync();
    }

    /// <summary>Signs in once with the given browser; later calls return the same cookies.</summary>
    internal async Task<string> SignInAsync(Chromium chromium)
    {
        if (Administrator is null)
        {
            await chromium.WithPageAsync("sign in", Look.Ordinary, async page =>
            {
                await page.GotoAsync(Host.At("/account/connections").AbsoluteUri);
                await new LoginPage(page).SignInAsync(Person.Administrator);
                await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
                Administrator = await page.Context.StorageStateAsync();
            });
        }

        return Administrator!;
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    private static async Task UseAsync(OAuthClient client, TokenAnswer tokens, int refreshes, bool reuse)
    {
        var first = tokens.RefreshToken!;
        await client.CallToolAsync(tokens.AccessToken!, "whoami");
        for (var refresh = 0; refresh < refreshes; refresh++)
            tokens = await client.RefreshAsync(tokens.RefreshToken!);
        if (!reuse)
            return;
        // Two generations back is beyond any grace.
        tokens = await client.RefreshAsync(tokens.RefreshToken!);
        (await client.RefreshAsync(first)).Error.ShouldBe("invalid_grant");
    }

    private async Task RunIntoRateLimitsAsync()
    {
        using var stranger = await OAuthClient.RegisterAsync(Host, "Broken script");
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if ((await stranger.RefreshAsync("guess")).Status == System.Net.HttpStatusCode.TooManyRequests)
                return;
        }

        throw new InvalidOperationException("Two hundred guesses in a row were never refused.");
    }
}
