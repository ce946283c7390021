using AdminConsole.Shared;
using AuthCore.Accounts;
using AuthCore.Protocol;
using AuthCore.Users;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminConsole.Features.Users;

/// <summary>Adds a user, and stays open with the reasons when they were not taken.</summary>
public sealed partial class AddUserDialog
{
    private IReadOnlyList<string> _reasons = [];
    private string _email = "";
    private string _password = "";
    private string _role = "";
    private bool _adding;

    [Inject]
    internal IUserDirectory Users { get; set; } = default!;

    [Inject]
    internal DialogService Dialogs { get; set; } = default!;

    [Inject]
    internal NotificationService Notes { get; set; } = default!;

    [Inject]
    internal ILogger<AddUserDialog> Logger { get; set; } = default!;

    private async Task AddAsync()
    {
        _adding = true;
        try
        {
            var change = await Users.AddAsync(await CallerAsync(), _email.Trim(), _password, _role.Length > 0 ? _role : null);
            _reasons = change.Match(
                done =>
                {
                    Notes.Notify(ConsoleNotes.Done("Added", $"{UntrustedText.Clean(_email, 254).OrNone()} can sign in."));
                    Dialogs.Close(true);
                    return [];
                },
                refused => AccountWords.Of(refused.Problems));
        }
        catch (AccessDeniedException)
        {
            _reasons = ["Your role no longer allows this. Nothing was changed."];
        }
        catch (Exception exception) when (Logger.KnowsAsStorageTrouble(exception, "adding a user"))
        {
            _reasons = ["The database did not answer. Try again."];
        }

        _adding = false;
    }
}
