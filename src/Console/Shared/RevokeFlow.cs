using System.Diagnostics;
using System.Security.Claims;
using AuthCore.Revocation;
using Radzen;

namespace AdminConsole.Shared;

/// <summary>One click on "Revoke": counts what would end, asks, ends it, and says what became of it.</summary>
internal sealed class RevokeFlow(IRevocationService desk, Confirm confirm, ConsoleAction action)
{
    private const int ManyFamilies = 20;

    /// <param name="caller">Who clicked.</param>
    /// <param name="target">What is to end.</param>
    /// <param name="title">The dialog's question, names in quotation marks.</param>
    /// <param name="afterwards">What they can or cannot do afterwards, one sentence.</param>
    /// <returns>Whether the list behind it should be read again.</returns>
    public async Task<bool> RunAsync(ClaimsPrincipal caller, RevocationTarget target, string title, string afterwards)
    {
        var asked = true;
        await action.RunAsync(async () =>
        {
            var impact = await desk.PreviewAsync(caller, target);
            asked = await confirm.AskAsync(new Consequence(title, [Ends(impact), afterwards], TypeToConfirm: WordFor(impact)));
            return asked ? Said(await desk.EndAsync(caller, target)) : null;
        });
        return asked;
    }

    internal static string Ends(RevocationImpact impact) => impact switch
    {
        { Families: 0 } => "No connection is alive any more, so none ends now.",
        { Families: 1 } => "1 connection ends at once: its next call is refused, and none of its tokens is accepted again.",
        { Users: > 1, Clients: > 1 } => $"{impact.Families} connections of {impact.Users} people through {impact.Clients} clients end at once: their next call is refused.",
        { Users: > 1 } => $"{impact.Families} connections of {impact.Users} people end at once: their next call is refused.",
        { Clients: > 1 } => $"{impact.Families} connections through {impact.Clients} clients end at once: their next call is refused.",
        _ => $"{impact.Families} connections end at once: their next call is refused.",
    };

    private static string? WordFor(RevocationImpact impact) => impact.Families > ManyFamilies ? $"revoke {impact.Families}" : null;

    internal static NotificationMessage Said(RevocationOutcome outcome) => outcome switch
    {
        RevocationOutcome.Ended { Families: 0 } => ConsoleNotes.Info("Nothing left to end", "It had already ended. No token of it is accepted."),
        RevocationOutcome.Ended { Families: 1 } => ConsoleNotes.Done("Revoked", "1 connection ended. No token of it is accepted any more."),
        RevocationOutcome.Ended { Families: var n } => ConsoleNotes.Done("Revoked", $"{n} connections ended. No token of them is accepted any more."),
        RevocationOutcome.NotFound => ConsoleNotes.Info("Not found", "It is no longer there. The list has been read again."),
        _ => throw new UnreachableException(),
    };
}
