using System.Security.Claims;
using AuthCore.Revocation;
using Radzen;

namespace AdminConsole.Shared;

/// <summary>One click on "Revoke" or "Disable": counts what it revokes, asks, does it, and says what was done.</summary>
internal sealed class RevokeFlow(IRevocationService revocations, Confirm confirm, ConsoleAction action)
{
    private const int ManyFamilies = 20;

    /// <param name="caller">Who clicked.</param>
    /// <param name="target">What is to be revoked; a client is disabled as well.</param>
    /// <param name="title">The dialog's question, names in quotation marks.</param>
    /// <param name="afterwards">What they can or cannot do afterwards, one sentence.</param>
    /// <returns>Whether the list behind it should be read again.</returns>
    public async Task<bool> RunAsync(ClaimsPrincipal caller, RevocationTarget target, string title, string afterwards)
    {
        var asked = true;
        var disables = target is RevocationTarget.Client;
        await action.RunAsync(async () =>
        {
            var impact = await revocations.PreviewAsync(caller, target);
            var verb = disables ? "Disable" : "Revoke";
            asked = await confirm.AskAsync(new Consequence(title, [Revokes(impact), afterwards], verb, WordFor(impact)));
            return asked ? Said(await revocations.RevokeAsync(caller, target), disables) : null;
        });
        return asked;
    }

    internal static string Revokes(RevocationImpact impact) => impact switch
    {
        { Families: 0 } => "No connection is live, so none is revoked now.",
        { Families: 1 } => "1 connection is revoked at once: its next call is refused, and none of its tokens is accepted again.",
        { Users: > 1, Clients: > 1 } => $"{impact.Families} connections of {impact.Users} users through {impact.Clients} clients are revoked at once: their next call is refused.",
        { Users: > 1 } => $"{impact.Families} connections of {impact.Users} users are revoked at once: their next call is refused.",
        { Clients: > 1 } => $"{impact.Families} connections through {impact.Clients} clients are revoked at once: their next call is refused.",
        _ => $"{impact.Families} connections are revoked at once: their next call is refused.",
    };

    private static string? WordFor(RevocationImpact impact) => impact.Families > ManyFamilies ? $"revoke {impact.Families}" : null;

    internal static NotificationMessage Said(RevocationOutcome outcome, bool disabled) => outcome.Match(
        revoked => revoked.Families switch
        {
            var n when revoked.Following > 0 => ConsoleNotes.Done("Disabled", $"{n} connections were revoked and {revoked.Following} are being revoked. No token of them is accepted any more."),
            0 when disabled => ConsoleNotes.Done("Disabled", "It had no live connection."),
            0 => ConsoleNotes.Info("Nothing left to revoke", "It was revoked already. No token of it is accepted."),
            1 => ConsoleNotes.Done(disabled ? "Disabled" : "Revoked", "1 connection was revoked. No token of it is accepted any more."),
            var n => ConsoleNotes.Done(disabled ? "Disabled" : "Revoked", $"{n} connections were revoked. No token of them is accepted any more."),
        },
        notFound => ConsoleNotes.Info("Not found", "It is no longer there. The list has been read again."));
}
