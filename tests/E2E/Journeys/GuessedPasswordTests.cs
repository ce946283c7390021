using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>Somebody guesses passwords at default limits: few guesses are looked at, the person is not held out, and nobody waits long.</summary>
public sealed partial class GuessedPasswordTests(LimitedHost shared) : IClassFixture<LimitedHost>
{
    private const int Limit = 10;

    private readonly RunningHost _host = shared.Host;

    [Fact]
    public async Task Of_many_guesses_at_once_no_more_are_looked_at_than_the_limit_says()
    {
        using var browser = new FormBrowser(_host.Origin, from: "127.0.1.1");
        var login = await browser.OpenAsync(_host.At("/account/login"));
        var before = _host.Output.Length;

        // The right one comes when ten are looked at and the rest still wait for their turn.
        var guesses = Enumerable.Range(0, 20).Select(guess => TryAsync(browser, login, $"wrong guess {guess}")).ToList();
        while (Refused(guesses) < Limit && guesses.Exists(guess => !guess.IsCompleted))
        {
            await Task.WhenAny(guesses.Where(guess => !guess.IsCompleted));
        }

        var refusedBefore = Refused(guesses);
        var right = TryAsync(browser, login, Person.Administrator.Password);
        guesses.AddRange(Enumerable.Range(20, 7).Select(guess => TryAsync(browser, login, $"wrong guess {guess}")));
        await Task.WhenAll(guesses);

        // A machine so slow that fewer were looked at has answered the others 503, and the right one is within the limit.
        IsSignedIn(await right).ShouldBe(refusedBefore < Limit);
        if (refusedBefore < Limit)
        {
            return;
        }

        var refused = Refused([.. guesses, right]);
        await PrintedAsync(refused, before);
        LookedAt().Count(_host.Output[before..]).ShouldBe(Limit);
    }

    [Fact]
    public async Task Wrong_passwords_of_somebody_elsewhere_do_not_hold_the_person_out()
    {
        using var attacker = new FormBrowser(_host.Origin, from: "127.0.2.1");
        await GuessAsync(attacker, Limit + 1);

        IsSignedIn(await SignInAsync(attacker)).ShouldBeFalse();
        using var person = new FormBrowser(_host.Origin, from: "127.0.2.2");
        IsSignedIn(await SignInAsync(person)).ShouldBeTrue();
    }

    [Fact]
    public async Task Browser_that_signed_in_before_passes_although_its_address_is_held_out()
    {
        using var known = new FormBrowser(_host.Origin, from: "127.0.3.1");
        IsSignedIn(await SignInAsync(known)).ShouldBeTrue();
        using var neighbour = new FormBrowser(_host.Origin, from: "127.0.3.1");
        await GuessAsync(neighbour, Limit + 1);

        IsSignedIn(await SignInAsync(neighbour)).ShouldBeFalse();
        IsSignedIn(await SignInAsync(known)).ShouldBeTrue();

        // Its own allowance is no larger.
        await GuessAsync(known, Limit);
        IsSignedIn(await SignInAsync(known)).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_hundred_at_once_are_all_answered_soon()
    {
        var browsers = Enumerable.Range(0, 10).Select(address => new FormBrowser(_host.Origin, from: $"127.0.4.{address + 1}")).ToArray();
        var pages = await Task.WhenAll(browsers.Select(browser => browser.OpenAsync(_host.At("/account/login"))));
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async attempt =>
        {
            var clock = Stopwatch.StartNew();
            var answer = await browsers[attempt % 10].SubmitAsync(pages[attempt % 10], [new("email", $"somebody-{attempt}@example.com"), new("password", "a guess")]);
            return (answer.Status, answer.RetryAfter, answer.Html, clock.Elapsed);
        }));
        foreach (var browser in browsers)
        {
            browser.Dispose();
        }

        answers.Max(answer => answer.Elapsed).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        var busy = answers.Where(answer => answer.Status == HttpStatusCode.ServiceUnavailable).ToArray();
        busy.Length.ShouldBeGreaterThan(50);
        busy.ShouldAllBe(answer => answer.RetryAfter > TimeSpan.Zero && answer.Html.Contains("checking as many passwords as it can"));
        answers.Where(answer => answer.Status != HttpStatusCode.ServiceUnavailable).ShouldAllBe(answer => answer.Status == HttpStatusCode.Unauthorized);
    }

    private async Task GuessAsync(FormBrowser browser, int times)
    {
        var login = await browser.OpenAsync(_host.At("/account/login"));
        for (var guess = 0; guess < times; guess++)
        {
            (await TryAsync(browser, login, $"wrong guess {guess}")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    private async Task<FormPage> SignInAsync(FormBrowser browser) =>
        await TryAsync(browser, await browser.OpenAsync(_host.At("/account/login")), Person.Administrator.Password);

    private static Task<FormPage> TryAsync(FormBrowser browser, FormPage login, string password) =>
        browser.SubmitAsync(login, [new("email", Person.Administrator.Email), new("password", password)]);

    /// <summary>Counts: one pattern for so many lines takes minutes while the last is not there yet.</summary>
    private async Task PrintedAsync(int refusals, int after)
    {
        for (var look = 0; look < 200 && Refusal().Count(_host.Output[after..]) < refusals; look++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        Refusal().Count(_host.Output[after..]).ShouldBeGreaterThanOrEqualTo(refusals);
    }

    private static int Refused(List<Task<FormPage>> attempts) =>
        attempts.Count(attempt => attempt is { IsCompletedSuccessfully: true, Result.Status: HttpStatusCode.Unauthorized });

    private static bool IsSignedIn(FormPage page) => page.Status == HttpStatusCode.OK && page.Address.AbsolutePath != "/account/login";

    [GeneratedRegex("Sign-in refused for")]
    private static partial Regex Refusal();

    [GeneratedRegex(": the password is wrong\r?$", RegexOptions.Multiline)]
    private static partial Regex LookedAt();
}
