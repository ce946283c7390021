using System.Diagnostics;
using System.Net;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Sessions;

/// <summary>How long a session lasts by itself, on a host with small limits.</summary>
public sealed class SessionLimitsTests(SessionLimitsTests.SmallHost small) : IClassFixture<SessionLimitsTests.SmallHost>
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan BetweenUses = TimeSpan.FromMilliseconds(500);

    private readonly RunningHost _host = small.Host;

    [Fact]
    public async Task Session_ends_when_nobody_uses_it_and_at_the_latest_after_its_lifetime()
    {
        using var used = new FormBrowser(_host.Origin);
        using var idle = new FormBrowser(_host.Origin);
        await idle.SignInAsync(_host.At("/account/sessions"), Person.Administrator);
        await used.SignInAsync(_host.At("/account/sessions"), Person.Administrator);
        using var unused = new CopiedCookie(_host, idle.SessionCookie);
        var clock = Stopwatch.StartNew();
        var unusedWasAsked = false;
        using var uses = new PeriodicTimer(BetweenUses);
        while ((await used.OpenAsync(_host.At("/account/sessions"))).Address.AbsolutePath == "/account/sessions")
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

    public sealed class SmallHost : IAsyncLifetime
    {
        private RunningHost? _host;

        internal RunningHost Host => _host ?? throw new InvalidOperationException("The host has not been started.");

        public async Task InitializeAsync() => _host = await RunningHost.StartAsync(HostOptions.WithoutRateLimits with
        {
            Settings = new Dictionary<string, string>
            {
                ["RateLimits__Enabled"] = "false",
                ["BrowserSessions__IdleTimeout"] = Idle.ToString(),
                ["BrowserSessions__Lifetime"] = Lifetime.ToString(),
            },
        });

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
