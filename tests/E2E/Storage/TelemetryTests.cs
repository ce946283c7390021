using System.Net;
using System.Text.RegularExpressions;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Storage;

/// <summary>The file that may be lost takes nothing with it: neither the host nor a list.</summary>
public sealed class TelemetryTests(ImpatientHost shared) : IClassFixture<ImpatientHost>
{
    private const string Name = "Is listed";
    private const int PageSize = 4096;

    private readonly RunningHost _host = shared.Host;

    [Fact]
    public async Task A_lock_on_it_fails_a_cleaning_turn_once_said_and_ends_nothing()
    {
        using (var backup = OtherProgram.Holding(_host.Telemetry()))
        {
            await _host.PrintedAsync(new Regex("Cleaning up telemetry did not finish"));
            (await _host.RegisterAsync()).Status.ShouldBe(HttpStatusCode.Created);
            backup.Release();
        }

        await _host.PrintedAsync(new Regex("Cleaning up telemetry works again"));
        Regex.Count(_host.Output, "Cleaning up telemetry did not finish").ShouldBe(1);
        (await _host.RegisterAsync()).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Damage_is_found_at_the_start_and_under_way_and_lists_go_on()
    {
        using var browser = new FormBrowser(_host.Origin);
        using var client = await OAuthClient.RegisterAsync(_host, Name);
        await browser.SignInAsync(_host.At("/account/connections"), Person.Administrator);
        var tokens = await browser.ConnectAsync(client, "read:secret");
        await ShouldListAsync(browser);

        // Under way: the schema leads to pages that do not exist.
        using (var accident = new OtherProgram(_host.Telemetry()))
        {
            accident.Execute("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET rootpage = 99999 WHERE type = 'table'; PRAGMA schema_version = 999");
        }

        await ShouldListAsync(browser);
        await _host.PrintedAsync(new Regex("telemetry file could not be read and was begun anew"));
        (await client.CallToolAsync(tokens.AccessToken!, "whoami")).ShouldBe(HttpStatusCode.OK);

        // At the start: everything but the header is noise.
        await _host.StopAsync();
        using (var file = File.OpenWrite(_host.Telemetry()))
        {
            file.Position = PageSize;
            file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length - PageSize).ToArray());
        }

        await _host.RestartAsync();
        await ShouldListAsync(browser);
        Regex.Count(_host.Output, "telemetry file could not be read and was begun anew").ShouldBe(2);
    }

    private async Task ShouldListAsync(FormBrowser browser)
    {
        var page = await browser.OpenAsync(_host.At("/account/connections"));
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Html.ShouldContain(Name);
    }
}
