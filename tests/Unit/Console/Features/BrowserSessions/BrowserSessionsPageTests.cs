using System.Security.Claims;
using AdminConsole.Features.BrowserSessions;
using AdminConsole.Shared;
using AuthCore.Storage;
using AuthCore.Users;
using AuthCore.Users.Sessions;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace UnitTests.Console.Features.BrowserSessions;

public sealed class BrowserSessionsPageTests
{
    private readonly SessionDirectoryInMemory _sessions = new();

    [Theory]
    [InlineData(true, "Session ended")]
    [InlineData(false, null)]
    public async Task A_session_ends_once_that_is_confirmed(bool confirmed, string? said)
    {
        await using var console = Console(Roles.Operator);
        console.Dialogs.OnOpen += (_, _, parameters, _) =>
        {
            parameters[nameof(ConfirmDialog.Consequence)].ShouldBeOfType<Consequence>().Title.ShouldBe("End the session of “ana@example.org” in Firefox on Windows?");
            console.Dialogs.Close(confirmed);
        };

        Open(console).Find("button[aria-label='End Firefox on Windows of ana@example.org']").Click();

        _sessions.Ended.ShouldBe(confirmed ? ["s1"] : []);
        console.Notes.SingleOrDefault()?.Summary.ShouldBe(said);
    }

    [Fact]
    public async Task A_viewer_sees_no_button()
    {
        await using var console = Console(Roles.Viewer);
        Open(console).FindAll("button[aria-label^='End ']").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_address_says_which_are_asked_for()
    {
        await using var console = Console(Roles.Viewer);
        console.Navigation.NavigateTo("/admin/browser-sessions?state=ended&user=user-1&sort=-LastSeenAt&q=fire");
        Open(console);
        _sessions.Queries.ShouldHaveSingleItem().ShouldBe(
            new SessionQuery { Ended = true, UserId = "user-1", SortBy = SessionSort.LastSeenAt, Descending = true, Search = "fire" });
    }

    private ConsoleContext Console(string role)
    {
        var console = new ConsoleContext(role);
        console.Services.AddSingleton<IBrowserSessionDirectory>(_sessions);
        return console;
    }

    private static IRenderedComponent<BrowserSessionsPage> Open(ConsoleContext console)
    {
        var page = console.Render<BrowserSessionsPage>();
        page.WaitForAssertion(() => page.FindAll("tbody tr.rz-data-row").ShouldNotBeEmpty());
        return page;
    }

    private sealed class SessionDirectoryInMemory : IBrowserSessionDirectory
    {
        private static readonly DateTimeOffset At = new(2026, 11, 21, 11, 0, 0, TimeSpan.Zero);

        public List<SessionQuery> Queries { get; } = [];

        public List<string> Ended { get; } = [];

        public Task<Page<SessionRow>> ListAsync(ClaimsPrincipal caller, SessionQuery query, CancellationToken cancellationToken = default)
        {
            Queries.Add(query);
            const string Agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
            SessionRow row = new("s1", "user-1", "ana@example.org", At, "203.0.113.7", Agent, At, "203.0.113.7", At.AddHours(8), null, null, false);
            return Task.FromResult(new Page<SessionRow>([row], 1));
        }

        public Task<bool> EndAsync(ClaimsPrincipal caller, string sessionId, CancellationToken cancellationToken = default)
        {
            Ended.Add(sessionId);
            return Task.FromResult(true);
        }

        public Task<IReadOnlyList<SessionRow>> ListOwnAsync(ClaimsPrincipal caller, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<bool> EndOwnAsync(ClaimsPrincipal caller, string sessionId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<int> EndOthersAsync(ClaimsPrincipal caller, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
