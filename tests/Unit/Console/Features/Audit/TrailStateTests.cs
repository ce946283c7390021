using System.Security.Claims;
using AdminConsole.Features.Audit;
using AdminConsole.Shared.Lists;
using AuthCore.Audit;
using AuthCore.Storage;
using AuthCore.Users;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using UnitTests.TestKit;

namespace UnitTests.Console.Features.Audit;

public sealed class TrailStateTests : IAsyncLifetime
{
    private static readonly AuditChainReport Intact = new("abcd1234", 1234, AuditFinding.Intact, null);

    private readonly TrailInMemory _trail = new();
    private ConsoleContext? _console;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_console is not null)
        {
            await _console.DisposeAsync();
        }
    }

    [Fact]
    public void An_intact_trail_says_how_many_lines_and_when()
    {
        _trail.State = Done(Intact);
        var state = Open(Roles.Viewer);
        state.Find("[role=status]").TextContent.Trim().ShouldBe("Intact: 1,234 lines, checked 3 minutes ago");
        state.FindAll(".notice").ShouldBeEmpty();
        state.FindAll("button").ShouldBeEmpty("a viewer may look and not order a check");
    }

    [Theory]
    [InlineData(AuditFinding.Broken, 17L, "Not intact. Chain abcd1234 is broken at line 17: that line or the one before it was changed, taken out or put in. Keep a copy of the data directory")]
    [InlineData(AuditFinding.CutOff, 17L, "Not intact. Chain abcd1234 is cut off after line 17: its newest lines are missing. If you restored an older database on purpose, stop the host and run “audit accept”.")]
    [InlineData(AuditFinding.CutOff, null, "Not intact. Chain abcd1234 is cut off: no line of it is there. If you restored")]
    public void What_was_found_is_told_with_what_to_do(AuditFinding finding, long? at, string told)
    {
        _trail.State = Done(new AuditChainReport("abcd1234", 20, finding, at), Intact with { Writer = "ef567890" });
        var state = Open(Roles.Viewer);
        state.Find("[role=status]").TextContent.Trim().ShouldStartWith("Not intact: 1,254 lines");
        string.Join(' ', state.Find(".notice.danger").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ShouldStartWith(told);
    }

    [Fact]
    public void An_unknown_end_is_no_alarm()
    {
        _trail.State = Done(Intact with { Finding = AuditFinding.EndUnknown });
        var state = Open(Roles.Viewer);
        state.Find("[role=status]").TextContent.ShouldContain("Intact");
        state.FindAll("[role=alert]").ShouldBeEmpty();
        state.Find(".notice").TextContent.ShouldContain("Where chain abcd1234 ended is not known");
    }

    [Fact]
    public void A_check_that_could_not_be_done_says_why_and_keeps_what_was_found_before()
    {
        _trail.State = new AuditState.Failed(ManualNow, "database disk image is malformed", new AuditReport(ManualNow, [Intact with { Finding = AuditFinding.Broken, At = 1 }]));
        var state = Open(Roles.Viewer);
        state.Find("[role=status]").TextContent.ShouldContain("Could not be checked");
        state.Find("[role=status]").TextContent.ShouldContain("database disk image is malformed");
        state.FindAll(".notice.danger").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_check_is_ordered_and_followed_live()
    {
        _trail.State = Done(Intact);
        var state = Open(Roles.Operator);
        var ended = _trail.Ends;
        var click = state.Find("button").ClickAsync(new());
        state.Find("[role=status]").TextContent.Trim().ShouldBe("Checking: 0 lines so far");
        state.Find("button").HasAttribute("disabled").ShouldBeTrue();

        _trail.State = new AuditState.Running(12_000, null);
        _console!.Feed.Say(ChangeTopics.AuditCheck);
        _console.Clock.Advance(Follower.GatherFor);
        state.WaitForAssertion(() => state.Find("[role=status]").TextContent.Trim().ShouldBe("Checking: 12,000 lines so far"));

        _trail.State = Done(Intact with { Lines = 1235 });
        ended.SetResult();
        await click;
        state.WaitForAssertion(() => state.Find("[role=status]").TextContent.Trim().ShouldStartWith("Intact: 1,235 lines"));
        state.Find("button").HasAttribute("disabled").ShouldBeFalse();
        _trail.Checks.ShouldBe(1);
    }

    private static DateTimeOffset ManualNow { get; } = new ManualTime().GetUtcNow();

    private static AuditState.Done Done(params AuditChainReport[] chains) => new(new AuditReport(ManualNow.AddMinutes(-3), chains));

    private IRenderedComponent<TrailState> Open(string role)
    {
        _console = new ConsoleContext(role);
        _console.Services.AddSingleton<IAuditTrail>(_trail);
        var state = _console.Render<TrailState>();
        state.WaitForAssertion(() => state.Markup.ShouldNotContain("Reading…"));
        return state;
    }

    private sealed class TrailInMemory : IAuditTrail
    {
        public AuditState State { get; set; } = new AuditState.Running(0, null);

        public TaskCompletionSource Ends { get; } = new();

        public int Checks { get; private set; }

        public Task<Page<AuditRow>> ListAsync(ClaimsPrincipal caller, ListQuery<AuditSort> query, CancellationToken cancellationToken = default) => Task.FromResult(new Page<AuditRow>([], 0));

        public Task<AuditState> StateAsync(ClaimsPrincipal caller, CancellationToken cancellationToken = default) => Task.FromResult(State);

        public async Task<AuditState> VerifyAsync(ClaimsPrincipal caller, CancellationToken cancellationToken = default)
        {
            Checks++;
            await Ends.Task;
            return State;
        }
    }
}
