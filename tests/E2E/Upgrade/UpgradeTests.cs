using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;
using McpAuthConsole.E2ETests.Mcp;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Upgrade;

/// <summary>A data directory of the version before, in the hands of this one: nobody has to sign in again, nothing that had ended begins again.</summary>
[Collection(ChromiumCollection.Name)]
public sealed partial class UpgradeTests(Chromium chromium, UpgradedHost upgraded) : IClassFixture<UpgradedHost>
{
    /// <summary>Tables ("Old" is "New") and columns ("Old.Name" is "New.Name") of the version before that have another name now.</summary>
    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["AuditLines"] = "Facts",
        ["AuditLines.Action"] = "Facts.Name",
        ["TokenFamilies.EndedBy"] = "TokenFamilies.RevocationReason",
        ["TokenFamilies.EndedByActor"] = "TokenFamilies.RevokedBy",
    };

    /// <summary>Columns that a start of the host may change, by the old names.</summary>
    private static readonly HashSet<string> ChangedByStart = ["RegistrationMinutes.Reported"];

    private readonly RunningHost _host = upgraded.Host;
    private readonly Keepsake _kept = upgraded.Keepsake;

    [Fact]
    public void Every_row_is_there_and_says_what_it_said()
    {
        upgraded.RowsBefore.Tables.Sum(upgraded.RowsBefore.Count).ShouldBeGreaterThan(150);
        LostBy(upgraded.RowsAfter, ChangedByStart.Contains).ShouldBeEmpty();
    }

    [Fact]
    public async Task Second_start_migrates_nothing_and_loses_no_row()
    {
        var before = Migrated().Count(_host.Output);
        await _host.RestartAsync();
        Migrated().Count(_host.Output).ShouldBe(before);
        LostBy(StoredRows.Of(_host), mayChange: _ => true).ShouldBeEmpty();
    }

    [Fact]
    public async Task People_sign_in_with_their_passwords_and_who_was_disabled_does_not()
    {
        foreach (var (person, status) in new[] { (Person.Administrator, HttpStatusCode.OK), (OldConnection.Ana, HttpStatusCode.OK), (OldConnection.Tomas, HttpStatusCode.Unauthorized) })
        {
            using var browser = new FormBrowser(_host.Origin);
            (await browser.SignInAsync(_host.At("/account/connections"), person)).Status.ShouldBe(status, person.Email);
        }

        await AtAsync("/admin/users", async (_, people) =>
        {
            await Assertions.Expect(people.RowWith(Person.Administrator.Email)).ToContainTextAsync("administrator");
            await Assertions.Expect(people.RowWith(OldConnection.Ana.Email)).ToContainTextAsync(new Regex("operator.*active", RegexOptions.Singleline));
            await Assertions.Expect(people.RowWith(OldConnection.Tomas.Email)).ToContainTextAsync(new Regex("viewer.*disabled", RegexOptions.Singleline));
        });
    }

    [Fact]
    public async Task Connections_go_on_with_what_their_clients_hold_and_with_no_more_than_they_were_allowed()
    {
        var (configured, everything) = await RefreshAsync(OldConnection.Configured);
        (await configured.CallToolAsync(everything.AccessToken!, "list_slots")).ShouldBe(HttpStatusCode.OK);
        (await IntrospectAsync(everything.AccessToken!)).ShouldBe(true);

        var (less, narrower) = await RefreshAsync(OldConnection.Narrower);
        narrower.Scope.ShouldBe("read:secret");
        (await less.CallToolAsync(narrower.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.OK);
        (await less.CallToolAsync(narrower.AccessToken!, "list_slots")).ShouldBe(HttpStatusCode.Forbidden);

        await AtAsync("/admin/families?size=50", async (_, families) =>
        {
            foreach (var name in new[] { OldConnection.Live, OldConnection.Narrower, OldConnection.Configured })
            {
                await Assertions.Expect(families.RowWith(name)).ToContainTextAsync("live");
            }

            await Assertions.Expect(families.RowWith(OldConnection.Narrower)).ToContainTextAsync("used twice");
        });
    }

    [Fact]
    public async Task Connections_that_had_ended_stay_so_and_the_console_still_says_why()
    {
        foreach (var name in OldConnection.Ended)
        {
            using var client = OAuthClient.Known(_host, name, _kept.ClientIds[name]);
            var refused = await client.RefreshAsync(_kept.RefreshTokens[name]);
            (refused.AccessToken, refused.Error).ShouldBe((null, name == OldConnection.ClientDisabled ? "invalid_client" : "invalid_grant"), name);
        }

        await AtAsync("/admin/families?size=50", async (_, families) =>
        {
            foreach (var (name, why) in new[]
            {
                (OldConnection.EndedByOperator, "by an operator"), (OldConnection.EndedByUser, "by its user"), (OldConnection.EndedByClient, "by its client"),
                (OldConnection.RefreshTokenReused, "refresh token used twice"), (OldConnection.CodeReused, "authorization code used twice"),
                (OldConnection.ClientDisabled, "its client was"), (OldConnection.UserDisabled, "its user was disabled"), (OldConnection.Superseded, "replaced by a newer sign-in"),
            })
            {
                await Assertions.Expect(families.RowWith(name).Filter(new() { HasText = "revoked" })).ToContainTextAsync(why);
            }
        });
    }

    [Fact]
    public async Task Disabled_client_is_refused_and_the_others_can_be_connected_as_before()
    {
        using var browser = new FormBrowser(_host.Origin);
        await browser.SignInAsync(_host.At("/account/connections"), OldConnection.Ana);
        using var disabled = OAuthClient.Known(_host, OldConnection.ClientDisabled, _kept.ClientIds[OldConnection.ClientDisabled]);
        var refused = await browser.OpenAsync(disabled.AuthorizationUrl("read:secret"));
        (refused.Status, refused.LeadsTo).ShouldBe((HttpStatusCode.BadRequest, null));
        using var unused = OAuthClient.Known(_host, OldConnection.Unused, _kept.ClientIds[OldConnection.Unused]);
        (await browser.ConnectAsync(unused, "read:secret")).Status.ShouldBe(HttpStatusCode.OK);

        await AtAsync("/admin/clients?size=50", async (_, clients) =>
        {
            foreach (var name in _kept.ClientIds.Keys)
            {
                await Assertions.Expect(clients.RowWith(name)).ToContainTextAsync(name == OldConnection.ClientDisabled ? "Enable" : "enabled");
            }

        });
    }

    [Fact]
    public async Task Lineage_is_shown_from_the_first_tokens_on()
    {
        await AtAsync("/admin/families?size=50", async (page, families) =>
        {
            var lines = page.GetByRole(AriaRole.List, new() { Name = "Generations, oldest first" }).GetByRole(AriaRole.Listitem);
            await families.ExpandAsync(OldConnection.RefreshTokenReused);
            await Assertions.Expect(lines).ToContainTextAsync(["First tokens", "Refreshed", "Refreshed", "An old refresh token was used again"]);
            await Assertions.Expect(lines.First).ToContainTextAsync("OAuthClient/1.0");
        });
    }

    [Fact]
    public async Task Browser_session_is_still_signed_in_and_one_that_had_ended_is_not()
    {
        using var browser = new FormBrowser(_host.Origin);
        await browser.SignInAsync(_host.At("/account/connections"), OldConnection.Ana);
        (await browser.OpenAsync(_host.At("/account/sessions"))).Html.ShouldContain("<bdi>Firefox on Linux</bdi>");
        await AtAsync("/admin/browser-sessions", async (page, sessions) =>
        {
            await Assertions.Expect(sessions.RowWith("Firefox on Linux")).ToContainTextAsync("signed in");
            await Assertions.Expect(sessions.RowWith("Safari on iPhone")).ToContainTextAsync("ended");
            await sessions.ExpandAsync("Safari on iPhone");
            await Assertions.Expect(page.GetByText("signed out")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task Prepared_booking_is_confirmed_once_and_a_finished_one_answers_as_before()
    {
        var (_, tokens) = await RefreshAsync(OldConnection.Live);
        var bookedBefore = await BookedAsync(tokens);
        bookedBefore.ShouldBe(1);

        (await ConfirmAsync(_kept.FinishedConfirmation, tokens)).ShouldBe(_kept.FinishedAnswer);
        var done = JsonNode.Parse(await ConfirmAsync(_kept.PreparedConfirmation, tokens))!;
        ((string?)done["status"], (string?)done["result"]!["slotId"]).ShouldBe(("done", _kept.PreparedSlot));
        (await ConfirmAsync(_kept.PreparedConfirmation, tokens)).ShouldBe(done.ToJsonString());
        (await BookedAsync(tokens)).ShouldBe(bookedBefore + 1);
    }

    [Fact]
    public async Task Audit_trail_has_every_old_line_in_its_order_and_the_configuration_brought_no_new_one()
    {
        await AtAsync("/admin/audit?size=100&sort=Sequence", async (page, _) =>
        {
            // The first cell opens the row, the third says how long ago it was.
            var cells = await page.Locator("tbody tr").EvaluateAllAsync<string[][]>("rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))");
            var lines = cells.Select(row => string.Join(" | ", [row[1], .. row[3..]])).ToArray();
            upgraded.AuditBefore.Count.ShouldBeGreaterThan(20);
            lines.Take(upgraded.AuditBefore.Count).ShouldBe(upgraded.AuditBefore.Select(line => string.Join(" | ", line)));
            lines.Skip(upgraded.AuditBefore.Count).ShouldAllBe(line => !line.Contains("client.configured"));
        });
    }

    private IEnumerable<string> LostBy(StoredRows after, Func<string, bool> mayChange) =>
        upgraded.RowsBefore.Tables.SelectMany(table => upgraded.RowsBefore.LostFrom(table, after, name => Renamed.GetValueOrDefault(name, name), mayChange));

    private Task AtAsync(string path, Func<IPage, AdminList, Task> act) =>
        chromium.AsAsync(_host, Person.Administrator, $"upgraded {path.Replace('/', ' ').Split('?')[0]}", path, page => act(page, new AdminList(page)));

    private async Task<(OAuthClient Client, TokenAnswer Tokens)> RefreshAsync(string name)
    {
        var client = OAuthClient.Known(_host, name, _kept.ClientIds[name]);
        var tokens = await client.RefreshAsync(_kept.RefreshTokens[name]);
        tokens.Error.ShouldBeNull(name);
        return (client, tokens);
    }

    private async Task<bool?> IntrospectAsync(string accessToken)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, _host.At("/introspect")) { Content = new FormUrlEncodedContent([new("token", accessToken)]) };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{OldConnection.ResourceServerId}:{OldConnection.ResourceServerSecret}")));
        using var response = await http.SendAsync(request);
        return (bool?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["active"];
    }

    private async Task<string> ConfirmAsync(string confirmation, TokenAnswer tokens)
    {
        var answer = await _host.CallToolAsync("confirm_request", $$"""{"confirmationToken":"{{confirmation}}"}""", tokens.AccessToken);
        return answer.Structured.ShouldNotBeNull(answer.Text).ToJsonString();
    }

    private async Task<int> BookedAsync(TokenAnswer tokens) =>
        (await _host.CallToolAsync("list_slots", "{}", tokens.AccessToken)).Structured!["slots"]!.AsArray().Count(slot => (bool)slot!["booked"]!);

    [GeneratedRegex("Applied [0-9]+ migrations")]
    private static partial Regex Migrated();
}
