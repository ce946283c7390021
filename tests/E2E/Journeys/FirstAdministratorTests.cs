using System.Net;
using System.Text.RegularExpressions;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>The one-time code against guesses, and set-up for as long as there is no administrator.</summary>
public sealed partial class FirstAdministratorTests
{
    // As compose files have them whose variables are not set.
    private static readonly HostOptions EmptySettings = new(Administrator: null)
    {
        Settings = new[] { "PublicUrl", "Setup__AdminEmail", "Setup__AdminPassword", "ConnectionStrings__AuthCore", "Keys__MasterKey", "Keys__MasterKeyFile", "TrustedProxies__0", "Samples__Enabled" }
            .ToDictionary(name => name, _ => "").Append(KeyValuePair.Create("RateLimits__Enabled", "false")).ToDictionary(),
    };

    [Fact]
    public async Task Wrong_codes_make_their_address_wait_and_keep_the_owner_out_of_nothing()
    {
        await using var host = await RunningHost.StartAsync(EmptySettings);
        var code = (await host.PrintedAsync(OneTimeCode())).Groups["code"].Value;
        using var guesser = new FormBrowser(host.Origin, connect: ClientAddress.From(ClientAddress.Other));
        var setup = await guesser.OpenAsync(host.At("/setup"));
        for (var guess = 0; guess < 10; guess++)
        {
            (await SetUpAsync(guesser, setup, $"GUESS-{guess}")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        var waiting = await SetUpAsync(guesser, setup, code);
        waiting.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        waiting.RetryAfter.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        waiting.Html.ShouldContain("Wait 10 minutes");
        await host.PrintedAsync(new Regex($"10 wrong set-up codes came from {Regex.Escape(ClientAddress.Other.ToString())}"));

        using var owner = new FormBrowser(host.Origin);
        var console = await SetUpAsync(owner, await owner.OpenAsync(host.At("/setup")), code);
        console.Address.ShouldBe(host.At("/admin"));
        console.Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Person_without_the_role_is_made_administrator_where_there_is_none()
    {
        await using var host = await RunningHost.StartAsync(new HostOptions(Administrator: null));
        await host.StopAsync();
        (await host.CommandAsync(["user", "add", Person.Administrator.Email])).ExitCode.ShouldBe(0);

        await host.RestartAsync();
        var code = (await host.PrintedAsync(SecondCode())).Groups["code"].Value;
        using var owner = new FormBrowser(host.Origin);
        (await SetUpAsync(owner, await owner.OpenAsync(host.At("/")), code)).Address.ShouldBe(host.At("/admin"));

        using var later = new FormBrowser(host.Origin);
        (await later.SignInAsync(host.At("/admin/users"), Person.Administrator)).Status.ShouldBe(HttpStatusCode.OK);
        (await later.OpenAsync(host.At("/setup"))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task<FormPage> SetUpAsync(FormBrowser browser, FormPage setup, string code) => browser.SubmitAsync(
        setup,
        [
            new("code", code), new("email", Person.Administrator.Email), new("password", Person.Administrator.Password),
            new("repeated", Person.Administrator.Password),
        ]);

    [GeneratedRegex(@"one-time code:\s+(?<code>\S+)")]
    private static partial Regex OneTimeCode();

    [GeneratedRegex(@"one-time code:.*one-time code:\s+(?<code>\S+)", RegexOptions.Singleline)]
    private static partial Regex SecondCode();
}
