using AdminConsole.Shared;
using AdminConsole.Shared.Lists;
using AuthCore.Protocol;
using AuthCore.Storage;
using AuthCore.Users.Sessions;
using Microsoft.AspNetCore.Components;

namespace AdminConsole.Features.BrowserSessions;

/// <summary>Sign-ins in browsers, those of the operators themselves among them. What clients were granted is another list: connections.</summary>
public sealed partial class BrowserSessionsPage
{
    private const string Alive = "signed-in";
    private const string HasEnded = "ended";

    private static readonly (string, string)[] States = [(Alive, "Signed in"), (HasEnded, "Ended")];

    private ListPage<SessionRow> _page = default!;

    [Inject]
    internal IBrowserSessionDirectory Sessions { get; set; } = default!;

    [Inject]
    internal ConsoleAction Action { get; set; } = default!;

    [Inject]
    internal Confirm Confirm { get; set; } = default!;

    private ListSource<SessionRow> Source => field ??= new(
        "browser sessions",
        ListSchema.Of<SessionSort>(new("state", [Alive, HasEnded]), new("user")),
        ChangeTopics.Sessions,
        row => row.SessionId,
        ReadAsync);

    private async Task<Page<SessionRow>> ReadAsync(ListState state, CancellationToken cancellationToken) => await Sessions.ListAsync(
        await CallerAsync(),
        state.Into<SessionQuery, SessionSort>(new SessionQuery
        {
            Ended = state.Filter("state") switch { Alive => false, HasEnded => true, _ => null },
            UserId = state.Filter("user"),
        }),
        cancellationToken);

    private async Task EndAsync(SessionRow session)
    {
        await Action.RunAsync(async () =>
        {
            if (!await Confirm.AskAsync(WhatEnds(session)))
            {
                return null;
            }

            return await Sessions.EndAsync(await CallerAsync(), session.SessionId)
                ? ConsoleNotes.Done("Session ended", $"{SessionWords.Name(session)} is signed out.")
                : ConsoleNotes.Info("Nothing left to end", "It had already ended.");
        });
        await _page.RenewAsync();
    }

    private static Consequence WhatEnds(SessionRow session) => new(
        session.IsCallers ? "End your own session?" : $"End the session of “{UntrustedText.Clean(session.UserEmail, 254).OrNone()}” in {DeviceWords.Of(session.UserAgent)}?",
        ["That browser is signed out at once, and its open console pages close.", "The user can sign in again. Connected clients stay connected."],
        "End session");
}
