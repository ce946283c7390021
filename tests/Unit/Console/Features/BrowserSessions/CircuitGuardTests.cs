using System.Security.Claims;
using AdminConsole.Security;
using AuthCore.Users;
using AuthCore.Users.Sessions;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using UnitTests.TestKit;

namespace UnitTests.Console.Features.BrowserSessions;

/// <summary>A circuit whose session ends, and how many connections a person may hold.</summary>
public sealed class CircuitGuardTests : IDisposable
{
    private readonly ManualTime _clock = new();
    private readonly SessionsInMemory _sessions = new();
    private readonly OpenPages _pages;
    private readonly CircuitSession _circuit;
    private readonly CircuitGuard _guard;
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private int _done;

    public CircuitGuardTests()
    {
        _pages = new OpenPages(_sessions, Options.Create(new BrowserSessionOptions { OpenPagesPerPerson = 2 }), _clock);
        _circuit = new CircuitSession(NullLoggerFactory.Instance, _services.GetRequiredService<IServiceScopeFactory>(), _sessions);
        var person = new ClaimsPrincipal(new ClaimsIdentity([new(IBrowserSessions.SessionIdClaim, "s1")], "cookie"));
        _circuit.SetAuthenticationState(Task.FromResult(new AuthenticationState(person)));
        _guard = new CircuitGuard(_circuit, _sessions, _pages);
    }

    public void Dispose()
    {
        _guard.Dispose();
        ((IDisposable)_circuit).Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task Input_of_a_circuit_is_taken_and_is_not_use_of_the_session_by_itself()
    {
        await _guard.OnCircuitOpenedAsync(null!, default);
        await ActAsync();

        (_done, _sessions.Seen).ShouldBe((1, 0));
    }

    [Fact]
    public async Task A_circuit_of_an_ended_session_takes_no_input_and_has_no_person_signed_in()
    {
        await _guard.OnCircuitOpenedAsync(null!, default);
        var told = new TaskCompletionSource();
        _circuit.AuthenticationStateChanged += _ => told.TrySetResult();

        _sessions.End("s1");
        await ActAsync();
        await told.Task.WaitAsync(TimeSpan.FromSeconds(10));

        _done.ShouldBe(0);
        (await _circuit.GetAuthenticationStateAsync()).User.Identity!.IsAuthenticated.ShouldBeFalse();
    }

    [Fact]
    public async Task A_circuit_that_opens_after_its_session_ended_has_no_person_signed_in()
    {
        _sessions.End("s1");
        await _guard.OnCircuitOpenedAsync(null!, default);

        (await _circuit.GetAuthenticationStateAsync()).User.Identity!.IsAuthenticated.ShouldBeFalse();
    }

    [Fact]
    public async Task The_connections_of_an_ended_session_are_cut_and_those_of_others_stay()
    {
        var cut = new TaskCompletionSource();
        var others = 0;
        using var own = _pages.TryConnect("ana", "s1", () => cut.TrySetResult());
        using var other = _pages.TryConnect("ana", "s2", () => others++);

        _sessions.End("s1");
        for (var turn = 0; turn < 2_000 && !cut.Task.IsCompleted; turn++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        cut.Task.IsCompleted.ShouldBeTrue();
        others.ShouldBe(0);
    }

    [Fact]
    public async Task However_many_connect_at_once_a_person_holds_no_more_than_allowed()
    {
        var held = await AtOnce.RunAsync(20, _ => Task.FromResult(_pages.TryConnect("ana", "s1", () => { })));

        held.Count(connection => connection is not null).ShouldBe(2);
        _pages.IsFull("ana").ShouldBeTrue();
        _pages.TryConnect("tomas", "s3", () => { }).ShouldNotBeNull();
        var one = held.First(connection => connection is not null)!;
        one.Dispose();
        one.Dispose();
        _pages.TryConnect("ana", "s1", () => { }).ShouldNotBeNull();
        _pages.TryConnect("ana", "s1", () => { }).ShouldBeNull("closed twice is closed once");
    }

    private Task ActAsync() => _guard.CreateInboundActivityHandler(_ =>
    {
        _done++;
        return Task.CompletedTask;
    })(null!);

    private sealed class SessionsInMemory : IBrowserSessions
    {
        private readonly HashSet<string> _ended = [];
        private Action<string> _listener = _ => { };

        public int Seen { get; private set; }

        public void End(string sessionId)
        {
            _ended.Add(sessionId);
            _listener(sessionId);
        }

        public bool IsAlive(ClaimsPrincipal person) => !_ended.Contains(person.FindFirstValue(IBrowserSessions.SessionIdClaim)!);

        public void OnEnded(Action<string> ended) => _listener = ended;

        void IBrowserSessions.Seen(ClaimsPrincipal person, string? address) => Seen++;

        public Task<string?> BeginAsync(AuthUser user, ClaimsPrincipal before, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task EndAsync(ClaimsPrincipal person, SessionEnd why, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
