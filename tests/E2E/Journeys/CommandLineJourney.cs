using System.Net;
using System.Text.RegularExpressions;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>The way back in for the person who has the data directory, and arguments that are settings.</summary>
public sealed partial class CommandLineJourney
{
    private const string NewPassword = "Another-Ocean-Altogether-43";

    [Fact]
    public async Task Reset_password_lets_its_owner_in_and_everybody_else_out()
    {
        // Arguments without a command are settings still.
        await using var host = await RunningHost.StartAsync(new HostOptions(Administrator: null)
        {
            Arguments = [$"--Setup:AdminEmail={Person.Administrator.Email}", $"--Setup:AdminPassword={Person.Administrator.Password}"],
        });
        using var before = new FormBrowser(host.Origin);
        using var client = await OAuthClient.RegisterAsync(host, "Connected before");
        await before.SignInAsync(host.At("/account/connections"), Person.Administrator);
        var tokens = await before.ConnectAsync(client, "read:secret");

        var meanwhile = await host.CommandAsync(["user", "reset-password", Person.Administrator.Email]);
        meanwhile.ExitCode.ShouldBe(1);
        meanwhile.Error.ShouldBe($"The host is running on {host.DataDirectory}: stop it first, or use its console.{Environment.NewLine}");
        meanwhile.Output.ShouldBeEmpty();

        await host.StopAsync();
        var reset = await host.CommandAsync(["user", "reset-password", Person.Administrator.Email, "--password-stdin"], NewPassword + "\n");
        reset.ExitCode.ShouldBe(0, reset.Error);
        (reset.Output + reset.Error).ShouldNotContain(NewPassword);
        var added = await host.CommandAsync(["user", "add", "second@example.com", "--role", "administrator"]);
        added.ExitCode.ShouldBe(0, added.Error);
        var madeUp = Password().Match(added.Output).Groups["password"].Value;

        await host.RestartAsync();
        (await client.CallToolAsync(tokens.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.Unauthorized);
        (await client.RefreshAsync(tokens.RefreshToken!)).Error.ShouldBe("invalid_grant");
        (await before.OpenAsync(host.At("/account/connections"))).Address.AbsolutePath.ShouldBe("/account/login");
        (await SignInAsync(host, Person.Administrator)).ShouldBe(HttpStatusCode.Unauthorized);
        (await SignInAsync(host, Person.Administrator with { Password = NewPassword })).ShouldBe(HttpStatusCode.OK);
        (await SignInAsync(host, new Person("second@example.com", madeUp))).ShouldBe(HttpStatusCode.OK);
        host.Output.ShouldNotContain(madeUp);
    }

    [Fact]
    public async Task What_is_no_command_is_answered_with_the_usage()
    {
        await using var host = await RunningHost.StartAsync();
        await host.StopAsync();

        var help = await host.CommandAsync(["--help"]);
        help.ExitCode.ShouldBe(0);
        help.Output.ShouldContain("Usage:");
        foreach (var arguments in new string[][] { ["serve"], ["user"], ["user", "add"], ["user", "add", "x@example.com", "--role", "root"], ["user", "reset-password", "x@example.com", "--password", "no"] })
        {
            var outcome = await host.CommandAsync(arguments);
            outcome.ExitCode.ShouldBe(2, string.Join(' ', arguments));
            outcome.Error.ShouldContain("Usage:");
            outcome.Output.ShouldBeEmpty();
        }

        (await host.CommandAsync(["user", "reset-password", "nobody@example.com"])).ShouldSatisfyAllConditions(
            nobody => nobody.ExitCode.ShouldBe(1),
            nobody => nobody.Error.ShouldBe($"There is no such person.{Environment.NewLine}"));
        var elsewhere = Path.Combine(host.DataDirectory, "elsewhere");
        (await host.CommandAsync(["user", "add", "x@example.com", "--data-directory", elsewhere])).Error.ShouldContain("There is no database at ");
        Directory.Exists(elsewhere).ShouldBeFalse();
    }

    private static async Task<HttpStatusCode> SignInAsync(RunningHost host, Person person)
    {
        using var browser = new FormBrowser(host.Origin);
        return (await browser.SignInAsync(host.At("/admin"), person)).Status;
    }

    [GeneratedRegex(@"^Password:  (?<password>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Password();
}
