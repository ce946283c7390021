using AdminConsole.Shared;
using AuthCore.Accounts;
using AuthCore.Users;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace AdminConsole.Features.Users;

/// <summary>Adds a person, and stays open with the reasons when they were not taken.</summary>
public sealed partial class AddUserDialog
{
    private IReadOnlyList<string> reasons = [];
    private string email = "";
    private string password = "";
    private string role = "";
    private bool adding;

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
        adding = true;
        try
        {
            switch (await Users.AddAsync(await CallerAsync(), email.Trim(), password, role.Length > 0 ? role : null))
            {
                case UserChange.Done:
                    Notes.Notify(ConsoleNotes.Done("Added", $"{UntrustedText.Of(email, 254)} can sign in."));
                    Dialogs.Close(true);
                    break;
                case UserChange.Refused refused:
                    reasons = refused.Reasons;
                    break;
            }
        }
        catch (AccessDeniedException)
        {
            reasons = ["Your role no longer allows this. Nothing was changed."];
        }
        catch (Exception exception) when (Logger.KnowsAsStorageTrouble(exception, "adding a person"))
        {
            reasons = ["The database did not answer. Try again."];
        }

        adding = false;
    }
}
