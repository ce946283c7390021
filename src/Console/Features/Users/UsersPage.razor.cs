using AdminConsole.Shared;
using AdminConsole.Shared.Lists;
using AuthCore.Accounts;
using AuthCore.Protocol;
using AuthCore.Revocation;
using AuthCore.Storage;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminConsole.Features.Users;

public sealed partial class UsersPage
{
    private ListPage<UserRow> _page = default!;

    [Inject]
    internal IUserDirectory Users { get; set; } = default!;

    [Inject]
    internal IRevocationService Revocations { get; set; } = default!;

    [Inject]
    internal RevokeFlow Revoking { get; set; } = default!;

    [Inject]
    internal ConsoleAction Action { get; set; } = default!;

    [Inject]
    internal Confirm Confirm { get; set; } = default!;

    [Inject]
    internal DialogService Dialogs { get; set; } = default!;

    [Inject]
    internal TimeProvider Clock { get; set; } = default!;

    private ListSource<UserRow> Source => field ??= new(
        "users",
        ListSchema.Of<UserSort>(), ChangeTopics.Users | ChangeTopics.Families, row => row.UserId, ReadAsync);

    private async Task<Page<UserRow>> ReadAsync(ListState state, CancellationToken cancellationToken) =>
        await Users.ListAsync(await CallerAsync(), state.Into<ListQuery<UserSort>, UserSort>(new ListQuery<UserSort>()), cancellationToken);

    private async Task AddAsync()
    {
        await Dialogs.OpenAsync<AddUserDialog>(
            "Add a user", null, new DialogOptions { Width = "min(32rem, calc(100vw - 2rem))", CloseDialogOnEsc = true, AutoFocusFirstElement = true });
        await _page.RenewAsync();
    }

    private async Task RevokeAsync(UserRow user)
    {
        var again = await Revoking.RunAsync(
            await CallerAsync(),
            new RevocationTarget.ConnectionsOf(user.UserId),
            $"Revoke all connections of “{Name(user)}”?",
            "They can still sign in, and connect their clients again.");
        if (again)
        {
            await _page.RenewAsync();
        }
    }

    private async Task SetRoleAsync(UserRow user, string? role)
    {
        var wanted = string.IsNullOrEmpty(role) ? null : role;
        await Action.RunAsync(async () => Said(
            await Users.SetRoleAsync(await CallerAsync(), user.UserId, wanted), "Role changed", $"{Name(user)} has {wanted ?? "no console role"} now."));
        await _page.RenewAsync();
    }

    private async Task SetDisabledAsync(UserRow user)
    {
        var disable = user.DisabledAt is null;
        await Action.RunAsync(async () =>
        {
            var caller = await CallerAsync();
            if (disable && !await Confirm.AskAsync(await WhatDisablingEndsAsync(caller, user)))
            {
                return null;
            }

            return Said(
                await Users.SetDisabledAsync(caller, user.UserId, disable),
                disable ? "Disabled" : "Enabled",
                disable ? $"{Name(user)} cannot sign in, and none of their tokens is accepted." : $"{Name(user)} can sign in again. What was revoked stays revoked.");
        });
        await _page.RenewAsync();
    }

    private async Task<Consequence> WhatDisablingEndsAsync(System.Security.Claims.ClaimsPrincipal caller, UserRow user)
    {
        var impact = await Revocations.PreviewAsync(caller, new RevocationTarget.ConnectionsOf(user.UserId));
        return new Consequence($"Disable “{Name(user)}”?", [RevokeFlow.Revokes(impact), "They cannot sign in until they are enabled again."], "Disable");
    }

    private static NotificationMessage Said(UserChange change, string summary, string detail) => change.Match(
        done => ConsoleNotes.Done(summary, done.Following == 0 ? detail : $"{detail} {done.Following} connections are still being revoked."),
        refused => ConsoleNotes.Refused(AccountWords.Of(refused.Problems)));

    private static string Name(UserRow user) => UntrustedText.Clean(user.Email, 254).OrNone();
}
