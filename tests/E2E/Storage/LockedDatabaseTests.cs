using System.Diagnostics;
using System.Net;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Storage;

/// <summary>Another program holds the right to write to the database.</summary>
public sealed class LockedDatabaseTests(SharedHost shared) : IClassFixture<SharedHost>
{
    /// <summary>What a caller waits at most, on a machine that is busy with other tests.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(8);

    private static readonly Person Mistyped = Person.Administrator with { Password = "Not-The-Password-1" };

    private readonly RunningHost _host = shared.Host;

    [Fact]
    public async Task Who_writes_is_told_so_within_seconds_and_all_goes_on_after()
    {
        using var browser = new FormBrowser(_host.Origin);
        var login = await browser.OpenAsync(_host.At("/account/login"));
        using var backup = OtherProgram.Holding(_host.Database());
        using var impatient = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var hungUp = _host.RegisterAsync("Hung up", impatient.Token);
        var registering = _host.RegisterAsync(times: 12);
        var (page, took) = await browser.SignInAsync(login, Mistyped);

        page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.Html.ShouldContain("could not write this down just now");
        took.ShouldBeLessThan(Bound);
        foreach (var answer in await registering)
        {
            answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.RetryAfter.ShouldNotBeNull();
            answer.Took.ShouldBeLessThan(Bound);
        }

        await Should.ThrowAsync<OperationCanceledException>(() => hungUp);
        backup.Release();
        (await _host.RegisterAsync()).Status.ShouldBe(HttpStatusCode.Created);
        (await browser.SignInAsync(login, Person.Administrator)).Page.Status.ShouldBe(HttpStatusCode.OK);
        backup.Scalar("SELECT count(*) FROM Clients WHERE Name = 'Hung up'").ShouldBe(0L);
    }

    [Fact]
    public async Task A_lock_of_a_moment_is_waited_for()
    {
        using var backup = OtherProgram.Holding(_host.Database());
        var registering = _host.RegisterAsync(times: 3);
        await Task.Delay(TimeSpan.FromSeconds(2));
        backup.Release();
        (await registering).ShouldAllBe(answer => answer.Status == HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_host_ends_in_time_and_answers_everybody_first()
    {
        await using var ending = await RunningHost.StartAsync(HostOptions.WithoutRateLimits);
        using var backup = OtherProgram.Holding(ending.Database());
        var registering = ending.RegisterAsync(times: 30);
        // Their requests are in once a reader's is answered.
        using var reader = new HttpClient();
        await reader.GetAsync(ending.At("/healthz/live"));
        var clock = Stopwatch.StartNew();
        await ending.StopAsync();

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(12));
        (await registering).ShouldAllBe(answer => answer.Status == HttpStatusCode.ServiceUnavailable);
    }
}
