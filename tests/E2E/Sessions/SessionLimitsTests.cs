using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Sessions;

/// <summary>How long a session lasts by itself, and how many pages a person may hold open: on a host with small limits.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class SessionLimitsTests(Chromium chromium, SessionLimitsTests.SmallHost small) : IClassFixture<SessionLimitsTests.SmallHost>
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan BetweenUses = TimeSpan.FromMilliseconds(500);

    private readonly RunningHost host = small.Host;

    [Fact]
    public async Task Session_ends_when_nobody_uses_it_and_at_the_latest_after_its_lifetime()
    {
        using var used = new FormBrowser(host.Origin);
        using var idle = new FormBrowser(host.Origin);
        await idle.SignInAsync(host.At("/account/sessions"), Person.Administrator);
        await used.SignInAsync(host.At("/account/sessions"), Person.Administrator);
        using var unused = new CopiedCookie(host, idle.SessionCookie);
        var clock = Stopwatch.StartNew();
        var unusedWasAsked = false;
        using var uses = new PeriodicTimer(BetweenUses);
        while ((await used.OpenAsync(host.At("/account/sessions"))).Address.AbsolutePath == "/account/sessions")
        {
            clock.Elapsed.ShouldBeLessThan(Lifetime + TimeSpan.FromSeconds(2), "it was used all the time, and never ended");
            if (!unusedWasAsked && clock.Elapsed > Idle + TimeSpan.FromMilliseconds(200))
            {
                unusedWasAsked = true;
                (await unused.GetAsync("/account/sessions")).ShouldBe(HttpStatusCode.Redirect);
            }

            await uses.WaitForNextTickAsync();
        }

        unusedWasAsked.ShouldBeTrue("the session that was used ended before its idle time");
        clock.Elapsed.ShouldBeGreaterThan(Idle + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task One_more_page_than_allowed_is_refused_in_plain_words_until_another_is_closed()
    {
        using var browser = new FormBrowser(host.Origin);
        await browser.SignInAsync(host.At("/account/sessions"), Person.Administrator);
        using var pages = new CopiedCookie(host, browser.SessionCookie);
        var first = await pages.ConnectAsync();
        var second = await pages.ConnectAsync();
        (first.Status, second.Status).ShouldBe((HttpStatusCode.SwitchingProtocols, HttpStatusCode.SwitchingProtocols));

        (await pages.ConnectAsync()).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        await chromium.WithPageAsync("too many pages", Look.Ordinary, async page =>
        {
            await page.GotoAsync(host.At("/admin").AbsoluteUri);
            await new LoginPage(page).SignInAsync(Person.Administrator);
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Too many console pages are open");

            await second.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            await CopiedCookie.IsCutOffAsync(second.Socket, Idle);
            await page.GotoAsync(host.At("/admin").AbsoluteUri);
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Dashboard");
        });
    }

    public sealed class SmallHost : IAsyncLifetime
    {
        private RunningHost? host;

        internal RunningHost Host => host ?? throw new InvalidOperationException("The host has not been started.");

        public async Task InitializeAsync() => host = await RunningHost.StartAsync(HostOptions.WithoutRateLimits with
        {
            Settings = new Dictionary<string, string>
            {
                ["RateLimits__Enabled"] = "false",
                ["BrowserSessions__IdleTimeout"] = Idle.ToString(),
                ["BrowserSessions__Lifetime"] = Lifetime.ToString(),
                ["BrowserSessions__OpenPagesPerPerson"] = "2",
            },
        });

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
