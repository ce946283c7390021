using System.CommandLine;
using System.Globalization;
using AdminConsole.Features.Audit;
using AuthCore.Audit;

namespace AdminConsole.Commands;

/// <summary><c>audit verify</c> and <c>audit accept</c>, for the person who has the data directory. The host is stopped meanwhile.</summary>
internal static class AuditCommands
{
    public static Command Describe()
    {
        var verify = new Command("verify", "Check every line of the audit trail. Exits with 0 when it is intact, with 1 when it is not or could not be checked.") { StoppedHost.DataDirectory };
        verify.SetAction((given, cancellationToken) => StoppedHost.RunAsync(
            given, async services => Print(await OfflineAudit.VerifyAsync(services, cancellationToken))));

        var accept = new Command("accept", "After you restored an older database on purpose: do not ask any more for lines that are newer than it. Changed lines stay reported.") { StoppedHost.DataDirectory };
        accept.SetAction((given, cancellationToken) => StoppedHost.RunAsync(
            given, async services => Print(await OfflineAudit.AcceptAsync(services, cancellationToken))));

        return new Command("audit", "Check the audit trail, or accept its end after a restore, while the host is stopped. Takes the host's settings from the environment.") { verify, accept };
    }

    private static int Print(AuditReport report)
    {
        foreach (var chain in report.Chains)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ChainWords.NameOf(chain)}: {ChainWords.Lines(chain.Lines)}, {ChainWords.Finding(chain)}"));
        }

        Console.WriteLine($"{(report.IsIntact ? "Intact" : "Not intact")}: {ChainWords.Lines(report.Lines)}");
        foreach (var advice in report.Chains.Select(ChainWords.Advice).OfType<string>().Distinct())
        {
            Console.Error.WriteLine(advice);
        }

        return report.IsIntact ? 0 : 1;
    }

    private static int Print(AuditAcceptance acceptance)
    {
        foreach (var accepted in acceptance.Accepted)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Accepted: chain {accepted.Writer} ended at its line {accepted.Number}, and {ChainWords.Lines(accepted.Found)} of it are there. Its end is not asked for any more."));
        }

        if (acceptance.Accepted.Count == 0)
        {
            Console.WriteLine("Nothing to accept: no chain misses its end.");
        }

        return Print(acceptance.Now);
    }
}
