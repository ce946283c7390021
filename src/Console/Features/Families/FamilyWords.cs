using System.Security.Claims;
using AdminConsole.Shared;
using AuthCore.Grants;
using AuthCore.Revocation;

namespace AdminConsole.Features.Families;

/// <summary>What the console says about families.</summary>
internal static class FamilyWords
{
    /// <summary>"Claude Code for ana@example.org".</summary>
    public static string Name(FamilyRow family) => $"{UntrustedText.Of(family.ClientName)} for {UntrustedText.Of(family.UserEmail, 254)}";

    public static string ReuseTitle(FamilyRow family) => family.ReuseMarks == 1
        ? "One of its tokens was used twice: open the row to see where from"
        : $"Its tokens were used twice {family.ReuseMarks} times: open the row to see where from";

    /// <summary>Why a family ended, as a sentence's end: "revoked by …".</summary>
    public static string Of(RevocationReason end) => end switch
    {
        RevocationReason.Operator => "by an operator",
        RevocationReason.User => "by its user",
        RevocationReason.Client => "by its client",
        RevocationReason.RefreshTokenReused => "refresh token used twice",
        RevocationReason.CodeReused => "authorization code used twice",
        RevocationReason.ClientDisabled => "its client was ended",
        RevocationReason.UserDisabled => "its user was disabled",
        RevocationReason.Superseded => "replaced by a newer sign-in",
    };

    /// <summary>What happened to one generation.</summary>
    public static string Of(GenerationOutcome outcome) => outcome switch
    {
        GenerationOutcome.Issued => "First tokens",
        GenerationOutcome.Rotated => "Refreshed",
        GenerationOutcome.Replayed => "Used again within the grace period, same tokens given again",
        GenerationOutcome.ReplayedFromElsewhere => "Used again within the grace period, from another address",
        GenerationOutcome.Reused => "An old refresh token was used again: the family ended",
        GenerationOutcome.CodeReused => "The authorization code was used again: the family ended",
        GenerationOutcome.Revoked => "Ended",
    };

    /// <summary>Whether an outcome speaks for theft, for caution, or for neither; the timeline's class.</summary>
    public static string Weight(GenerationOutcome outcome) => outcome switch
    {
        GenerationOutcome.Reused or GenerationOutcome.CodeReused => "alarm",
        GenerationOutcome.ReplayedFromElsewhere => "caution",
        GenerationOutcome.Revoked => "ended",
        GenerationOutcome.Issued or GenerationOutcome.Rotated or GenerationOutcome.Replayed => "plain",
    };

    /// <summary>Asks for and ends one family.</summary>
    public static Task<bool> RevokeFamilyAsync(this RevokeFlow flow, ClaimsPrincipal caller, FamilyRow family) => flow.RunAsync(
        caller,
        new RevocationTarget.Family(family.FamilyId),
        $"Revoke “{UntrustedText.Of(family.ClientName)}” for “{UntrustedText.Of(family.UserEmail, 254)}”?",
        "The person can connect the client again by signing in and allowing it.");
}
