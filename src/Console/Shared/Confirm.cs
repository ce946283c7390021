using Radzen;

namespace AdminConsole.Shared;

/// <summary>What is about to end, in words that the person who confirms can check.</summary>
/// <param name="Title">The question, naming the thing: "Revoke Claude Code's access?".</param>
/// <param name="Consequences">One sentence each, with numbers where there are any: "2 connections of ada@example.org end at once.".</param>
/// <param name="Action">The confirming button's text, a verb.</param>
/// <param name="TypeToConfirm">When set, the confirming button stays disabled until exactly this has been typed.</param>
public sealed record Consequence(string Title, IReadOnlyList<string> Consequences, string Action = "Revoke", string? TypeToConfirm = null);

/// <summary>Asks before something ends. Answers false for Cancel, Escape and a lost circuit alike.</summary>
internal sealed class Confirm(DialogService dialogs)
{
    public async Task<bool> AskAsync(Consequence consequence)
    {
        var answer = await dialogs.OpenAsync<ConfirmDialog>(
            consequence.Title,
            new Dictionary<string, object?> { [nameof(ConfirmDialog.Consequence)] = consequence },
            new DialogOptions { Width = "min(32rem, calc(100vw - 2rem))", CloseDialogOnEsc = true, AutoFocusFirstElement = true });
        return answer is true;
    }
}
