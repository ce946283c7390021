using System.Net;
using System.Text.RegularExpressions;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;
using McpAuthConsole.E2ETests.Mcp;

namespace McpAuthConsole.E2ETests.Upgrade;

/// <summary>
/// Makes a data directory of the version that is built, by doing with the running host what people and clients do. Runs only when it is asked for:
/// README.md in this folder.
/// </summary>
[Collection(ChromiumCollection.Name)]
public sealed class DirectoryMaker(Chromium chromium)
{
    private readonly Dictionary<string, string> _ids = [];
    private readonly Dictionary<string, string> _refreshTokens = [];

    [Fact]
    public async Task Keep_a_data_directory_of_this_version()
    {
        if (Environment.GetEnvironmentVariable("KEEP_DATA_DIRECTORY") is not { Length: > 0 } version)
        {
            return;
        }

        await using var host = await RunningHost.StartAsync(OldConnection.Settings);
        await AddPeopleAsync(host);
        using var browser = new FormBrowser(host.Origin, "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0");
        await browser.SignInAsync(host.At("/account/connections"), OldConnection.Ana);
        await EndConnectionsAsync(host, browser);
        await EndInTheConsoleAsync(host);
        await SignInElsewhereAsync(host);
        await KeepOthersAliveAsync(host, browser);

        var (live, tokens) = await ConnectAsync(host, browser, OldConnection.Live);
        tokens = await live.RefreshAsync((await live.RefreshAsync(tokens.RefreshToken!)).RefreshToken!);
        _refreshTokens[OldConnection.Live] = tokens.RefreshToken!;
        var free = (await host.CallToolAsync("list_slots", "{}", tokens.AccessToken)).Structured!["slots"]!.AsArray();
        var finished = await PrepareAsync(host, tokens, (string)free[^1]!["id"]!);
        var answer = await host.CallToolAsync("confirm_request", $$"""{"confirmationToken":"{{finished}}"}""", tokens.AccessToken);
        var slot = (string)free[^2]!["id"]!;
        var prepared = await PrepareAsync(host, tokens, slot);

        await host.StopAsync();
        new KeptDirectory(version).Keep(host, new Keepsake(
            await CommitAsync(), DateTimeOffset.UtcNow, host.Origin, _ids, _refreshTokens, browser.SessionCookie, browser.Cookies.GetCookies(host.At("/account/login"))["device"]!.Value,
            finished, answer.Structured!.ToJsonString(), prepared, slot));
    }

    private async Task AddPeopleAsync(RunningHost host)
    {
        var before = OldConnection.Tomas with { Password = "Southern-Lights-66" };
        await chromium.AsAsync(host, Person.Administrator, "old people", "/admin/users", async page =>
        {
            await new UsersPage(page).AddAsync(OldConnection.Ana, "operator");
            await new UsersPage(page).AddAsync(before, "viewer");
        });
        using var browser = new FormBrowser(host.Origin);
        await browser.SignInAsync(host.At("/account/password"), before with { Password = "Not-This-One-11" });
        await browser.SignInAsync(host.At("/account/password"), before);
        var changed = await browser.SubmitAsync(
            await browser.OpenAsync(host.At("/account/password")),
            [new("current", before.Password), new("password", OldConnection.Tomas.Password), new("repeated", OldConnection.Tomas.Password)]);
        changed.Address.AbsolutePath.ShouldBe("/account/connections");
        await ConnectAsync(host, browser, OldConnection.UserDisabled);
    }

    private async Task EndConnectionsAsync(RunningHost host, FormBrowser browser)
    {
        var (client, tokens) = await ConnectAsync(host, browser, OldConnection.EndedByClient);
        await client.RevokeAsync(tokens.RefreshToken!);

        (client, tokens) = await ConnectAsync(host, browser, OldConnection.RefreshTokenReused);
        var newest = await client.RefreshAsync((await client.RefreshAsync(tokens.RefreshToken!)).RefreshToken!);
        (await client.RefreshAsync(tokens.RefreshToken!)).Error.ShouldBe("invalid_grant");
        _refreshTokens[client.Name] = newest.RefreshToken!;

        client = await RegisterAsync(host, OldConnection.CodeReused);
        var code = (await browser.SubmitAsync(await browser.OpenAsync(client.AuthorizationUrl(OldConnection.Everything)), [new("decision", "allow")])).Returned("code")!;
        _refreshTokens[client.Name] = (await client.RedeemAsync(code)).RefreshToken!;
        (await client.RedeemAsync(code)).Error.ShouldBe("invalid_grant");

        (client, _) = await ConnectAsync(host, browser, OldConnection.Superseded);
        await client.RefreshAsync((await browser.ConnectAsync(client, "read:secret")).RefreshToken!);

        await ConnectAsync(host, browser, OldConnection.EndedByUser);
        var connections = await browser.OpenAsync(host.At("/account/connections"));
        var revoke = ConnectionOf(OldConnection.EndedByUser).Match(connections.Html).Groups["path"].Value;
        await browser.SubmitToAsync(await browser.OpenAsync(host.At(revoke)), revoke);

        await ConnectAsync(host, browser, OldConnection.EndedByOperator);
        await ConnectAsync(host, browser, OldConnection.ClientDisabled);
    }

    private Task EndInTheConsoleAsync(RunningHost host) => chromium.AsAsync(host, Person.Administrator, "old console", "/admin/families", async page =>
    {
        var list = new AdminList(page);
        await list.AskToRevokeAsync(OldConnection.EndedByOperator);
        await list.ConfirmAsync();
        await list.OpenAsync(host.At("/admin/clients"));
        await list.AskToRevokeAsync(OldConnection.ClientDisabled);
        await list.ConfirmAsync();
        await list.OpenAsync(host.At("/admin/users"));
        await new UsersPage(page).DisableAsync(OldConnection.Tomas);
    });

    private static async Task SignInElsewhereAsync(RunningHost host)
    {
        using var elsewhere = new FormBrowser(host.Origin, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1");
        await elsewhere.SignInAsync(host.At("/account/sessions"), OldConnection.Ana);
        await elsewhere.SubmitToAsync(await elsewhere.OpenAsync(host.At("/account/logout")), "/account/logout");
    }

    private async Task KeepOthersAliveAsync(RunningHost host, FormBrowser browser)
    {
        var less = await RegisterAsync(host, OldConnection.Narrower);
        var consent = await browser.OpenAsync(less.AuthorizationUrl(OldConnection.Everything));
        var allowed = await browser.SubmitAsync(consent, [new("decision", "allow"), new("scope", "read:secret")]);
        var first = await less.RedeemAsync(allowed.Returned("code")!);
        first.Scope.ShouldBe("read:secret");
        await less.RefreshAsync(first.RefreshToken!);
        _refreshTokens[less.Name] = (await less.RefreshAsync(first.RefreshToken!)).RefreshToken!;

        using var configured = OAuthClient.Known(host, OldConnection.Configured, OldConnection.ConfiguredId);
        _refreshTokens[configured.Name] = (await browser.ConnectAsync(configured, "account:read")).RefreshToken!;
        _ids[configured.Name] = configured.Id;

        var unused = await RegisterAsync(host, OldConnection.Unused);
        await browser.SubmitAsync(await browser.OpenAsync(unused.AuthorizationUrl("write")), [new("decision", "deny")]);
    }

    private async Task<(OAuthClient Client, TokenAnswer Tokens)> ConnectAsync(RunningHost host, FormBrowser browser, string name)
    {
        var client = await RegisterAsync(host, name);
        var tokens = await browser.ConnectAsync(client, OldConnection.Everything);
        (await client.CallToolAsync(tokens.AccessToken!, "whoami")).ShouldBe(HttpStatusCode.OK);
        _refreshTokens[name] = tokens.RefreshToken!;
        return (client, tokens);
    }

    private async Task<OAuthClient> RegisterAsync(RunningHost host, string name)
    {
        var client = await OAuthClient.RegisterAsync(host, name);
        _ids[name] = client.Id;
        return client;
    }

    private static async Task<string> PrepareAsync(RunningHost host, TokenAnswer tokens, string slot) =>
        (string)(await host.CallToolAsync("book_slot", $$"""{"slotId":"{{slot}}"}""", tokens.AccessToken)).Structured!["confirmationToken"]!;

    private static async Task<string> CommitAsync()
    {
        using var git = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", ["-C", Repository.Root, "rev-parse", "HEAD"]) { RedirectStandardOutput = true })!;
        return (await git.StandardOutput.ReadToEndAsync()).Trim();
    }

    private static Regex ConnectionOf(string name) => new($"""action="(?<path>/account/connections/[0-9a-f]+/revoke)">\s*<button[^>]*aria-label="Revoke {Regex.Escape(name)}" """.TrimEnd());
}
