using System.Globalization;
using AuthCore.Audit;

namespace AdminConsole.Features.Audit;

/// <summary>What a check of the audit trail found, in words: for the page and for the command line.</summary>
internal static class ChainWords
{
    private const string KeepACopy = "Keep a copy of the data directory as it is now, find out who could write to the database, and compare the trail with your last backup.";

    public static string NameOf(AuditChainReport chain) => chain.Writer.Length == 0 ? "the chain from before chains had keys" : $"chain {chain.Writer}";

    public static string Lines(long lines) => lines == 1 ? "1 line" : string.Create(CultureInfo.InvariantCulture, $"{lines:N0} lines");

    /// <summary>Goes on after the name of the chain and a comma.</summary>
    public static string Finding(AuditChainReport chain) => chain.Finding switch
    {
        AuditFinding.Intact => "intact",
        AuditFinding.Broken => Invariant($"broken at line {chain.At}"),
        AuditFinding.CutOff => chain.At is { } last ? Invariant($"cut off after line {last}") : "cut off whole",
        AuditFinding.EndUnknown => "intact as far as it goes, but where it ended is not known",
        AuditFinding.OtherKey => "made under another master key: nothing is missing, and whether a line was changed cannot be known any more",
    };

    /// <summary>A sentence for a chain that something was found of; null for one that is intact.</summary>
    public static string? Sentence(AuditChainReport chain) => chain.Finding switch
    {
        AuditFinding.Intact => null,
        AuditFinding.Broken => Invariant($"{Capital(NameOf(chain))} is broken at line {chain.At}: that line or the one before it was changed, taken out or put in."),
        AuditFinding.CutOff when chain.At is { } last => Invariant($"{Capital(NameOf(chain))} is cut off after line {last}: its newest lines are missing."),
        AuditFinding.CutOff => $"{Capital(NameOf(chain))} is cut off: no line of it is there.",
        AuditFinding.EndUnknown => $"Where {NameOf(chain)} ended is not known here: nobody would notice if its newest lines were missing.",
        AuditFinding.OtherKey => $"{Capital(NameOf(chain))} was made under another master key: none of its lines is missing, and whether one was changed cannot be known any more.",
    };

    /// <summary>What to do about it; null for nothing.</summary>
    public static string? Advice(AuditChainReport chain) => chain.Finding switch
    {
        AuditFinding.Broken => KeepACopy,
        AuditFinding.CutOff => $"If you restored an older database on purpose, stop the host and run “audit accept”. Otherwise: {char.ToLowerInvariant(KeepACopy[0])}{KeepACopy[1..]}",
        AuditFinding.Intact or AuditFinding.EndUnknown or AuditFinding.OtherKey => null,
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
