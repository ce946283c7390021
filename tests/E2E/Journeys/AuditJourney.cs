using System.Text.RegularExpressions;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;
using McpAuthConsole.E2ETests.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>Somebody changes, cuts or replaces the audit trail behind the host's back: the host, the console and the command line notice.</summary>
[Collection(ChromiumCollection.Name)]
public sealed partial class AuditJourney(Chromium chromium)
{
    [Fact]
    public async Task The_command_line_tells_a_changed_line_and_a_cut_from_an_intact_trail()
    {
        await using var host = await RunningHost.StartAsync();
        await SignInOftenAsync(host, 3);
        await host.PrintedAsync(IntactLine());
        var meanwhile = await host.CommandAsync(["audit", "verify"]);
        (meanwhile.ExitCode, meanwhile.Error).ShouldBe((1, $"The host is running on {host.DataDirectory}: stop it first, or use its console.{Environment.NewLine}"));
        await host.StopAsync();

        var intact = await host.CommandAsync(["audit", "verify"]);
        intact.ExitCode.ShouldBe(0, intact.Output + intact.Error);
        intact.Output.ShouldMatch(@"^chain [0-9a-f]{8}: \d+ lines, intact\r?\nIntact: \d+ lines\r?\n$");
        intact.Error.ShouldBeEmpty();

        var changed = Copy(host, "changed");
        await EditAsync(changed, "UPDATE Facts SET Actor = 'somebody-else' WHERE Sequence = 2");
        var broken = await host.CommandAsync(["audit", "verify", "--data-directory", changed]);
        broken.ExitCode.ShouldBe(1);
        broken.Output.ShouldContain(", broken at line 2");
        broken.Output.ShouldContain("Not intact: ");
        var refused = await host.CommandAsync(["audit", "accept", "--data-directory", changed]);
        refused.ExitCode.ShouldBe(1);
        refused.Output.ShouldContain("Nothing to accept");
        refused.Output.ShouldContain(", broken at line 2");

        var cut = Copy(host, "cut");
        await EditAsync(cut, "DELETE FROM Facts WHERE Sequence > 2");
        var missing = await host.CommandAsync(["audit", "verify", "--data-directory", cut]);
        missing.ExitCode.ShouldBe(1);
        missing.Output.ShouldContain(", cut off after line 2");
        missing.Error.ShouldContain("run “audit accept”");
        var accepted = await host.CommandAsync(["audit", "accept", "--data-directory", cut]);
        accepted.ExitCode.ShouldBe(0, accepted.Output + accepted.Error);
        accepted.Output.ShouldMatch(@"^Accepted: chain [0-9a-f]{8} ended at its line \d+, and 2 lines of it are there\.");
        var afterwards = await host.CommandAsync(["audit", "verify", "--data-directory", cut]);
        afterwards.ExitCode.ShouldBe(0, afterwards.Output + afterwards.Error);
        afterwards.Output.ShouldContain("where it ended is not known");
    }

    [Fact]
    public async Task An_older_database_is_noticed_shown_and_accepted()
    {
        await using var host = await RunningHost.StartAsync();
        await SignInOftenAsync(host, 1);
        await chromium.AsAsync(host, Person.Administrator, "audit intact", "/admin/audit", async page =>
        {
            await Assertions.Expect(page.GetByText(IntactStatus())).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
            await Assertions.Expect(page.GetByText(CheckedNow())).ToBeVisibleAsync();
            await PictureAsync(page, "intact");
            await page.GotoAsync(host.At("/admin").AbsoluteUri);
            await page.ShouldHaveSettledAsync();
            await Assertions.Expect(page.GetByText("Audit trail not intact")).ToHaveCountAsync(0);
        });

        await host.StopAsync();
        var older = Copy(host, "older");
        await host.RestartAsync();
        await SignInOftenAsync(host, 2);
        await host.StopAsync();
        File.Copy(Path.Combine(older, "mcp-auth.db"), host.Database(), overwrite: true);

        await host.RestartAsync();
        await host.PrintedAsync(NotIntactLine());
        await chromium.AsAsync(host, Person.Administrator, "audit cut off", "/admin/audit", async page =>
        {
            await Assertions.Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "is cut off after line" })).ToBeVisibleAsync();
            await PictureAsync(page, "cut off");
            await page.GotoAsync(host.At("/admin").AbsoluteUri);
            await page.ShouldHaveSettledAsync();
            await Assertions.Expect(page.GetByText("Audit trail not intact")).ToBeVisibleAsync();
            await PictureAsync(page, "dashboard");
        });

        await host.StopAsync();
        (await host.CommandAsync(["audit", "accept"])).ExitCode.ShouldBe(0);
        await host.RestartAsync();
        await chromium.AsAsync(host, Person.Administrator, "audit accepted", "/admin/audit?q=audit.end_accepted", async page =>
        {
            await Assertions.Expect(page.GetByText(IntactStatus())).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByText("is not known here")).ToBeVisibleAsync();
            await Assertions.Expect(new AdminList(page).RowWith("audit.end_accepted")).ToBeVisibleAsync();
            await Assertions.Expect(new AdminList(page).RowWith("command-line")).ToBeVisibleAsync();
            await PictureAsync(page, "accepted");
        });
    }

    [Fact]
    public async Task A_check_that_fails_is_an_alarm_on_the_dashboard()
    {
        await using var host = await RunningHost.StartAsync();
        await SignInOftenAsync(host, 10);
        await chromium.AsAsync(host, Person.Administrator, "audit unchecked", "/admin/audit", async page =>
        {
            // The first line cannot be read; the dashboard shows the newest only.
            await EditAsync(
                host.DataDirectory,
                """
                ALTER TABLE Facts RENAME TO KeptFacts;
                CREATE VIEW Facts AS SELECT Sequence, Writer, CASE WHEN Sequence = 1 THEN abs(-9223372036854775807 - 1) ELSE Number END AS Number,
                    At, Name, Actor, Subject, Data, Detail, Address, CorrelationId, Hash FROM KeptFacts;
                """);
            await page.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
            await Assertions.Expect(page.GetByText("Could not be checked")).ToBeVisibleAsync();
            await page.GotoAsync(host.At("/admin").AbsoluteUri);
            var alarm = page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The audit trail could not be checked" });
            await Assertions.Expect(alarm).ToBeVisibleAsync();
            await PictureAsync(page, "dashboard unchecked");
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await PictureAsync(page, "dashboard unchecked, dark");
            (await alarm.GetByRole(AriaRole.Link).EvaluateAsync<bool>("link => getComputedStyle(link).color === getComputedStyle(link.closest('.notice')).color"))
                .ShouldBeTrue("a browser's own blue cannot be read on dark red");
            await alarm.GetByRole(AriaRole.Link).ClickAsync();
            await page.WaitForURLAsync(host.At("/admin/audit").AbsoluteUri);
            await Assertions.Expect(page.GetByText("Could not be checked")).ToBeVisibleAsync();

            await EditAsync(host.DataDirectory, "DROP VIEW Facts; ALTER TABLE KeptFacts RENAME TO Facts;");
            await page.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
            await Assertions.Expect(page.GetByText(IntactStatus())).ToBeVisibleAsync();
            await page.GotoAsync(host.At("/admin").AbsoluteUri);
            await page.ShouldHaveSettledAsync();
            await Assertions.Expect(alarm).ToHaveCountAsync(0);
        });
    }

    /// <summary>As it stands, in both widths: for axe, for a phone's width, and for eyes.</summary>
    private static async Task PictureAsync(IPage page, string name)
    {
        foreach (var width in new[] { Look.Desktop, Look.Phone })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.ShouldNotScrollSidewaysAsync();
            await page.ShouldBeAccessibleAsync();
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.ArtifactsFor("audit"), $"{name} {width}.png"), FullPage = true });
        }

        await page.SetViewportSizeAsync(Look.Desktop, 900);
    }

    private static async Task SignInOftenAsync(RunningHost host, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var browser = new FormBrowser(host.Origin);
            await browser.SignInAsync(host.At("/account/connections"), Person.Administrator);
        }
    }

    private static string Copy(RunningHost stopped, string name)
    {
        var copy = Directory.CreateDirectory(Path.Combine(stopped.DataDirectory, "..", name)).FullName;
        foreach (var file in Directory.GetFiles(stopped.DataDirectory))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    private static async Task EditAsync(string directory, string statement)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "mcp-auth.db")};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statement is the test's own.
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    [GeneratedRegex(@"The audit trail is intact: \d+ lines in \d+ chains")]
    private static partial Regex IntactLine();

    [GeneratedRegex(@"crit: [^\n]*\[603\]\s+The audit trail is not intact: chain [0-9a-f]{8}, CutOff at line \d+")]
    private static partial Regex NotIntactLine();

    [GeneratedRegex(@"^Intact: \d+ lines?, checked")]
    private static partial Regex IntactStatus();

    [GeneratedRegex(@"^Intact: \d+ lines?, checked just now")]
    private static partial Regex CheckedNow();
}
