using System.Security.Claims;
using AdminConsole.Shared;
using AuthCore.Grants;
using AuthCore.Protocol;
using AuthCore.Revocation;

namespace AdminConsole.Features.Families;

/// <summary>What the console says about families.</summary>
internal static class FamilyWords
{
    /// <summary>Whose rights its tokens carry.</summary>
    public static string Whose(FamilyRow family) => family.UserEmail is { } email ? UntrustedText.Clean(email, 254).OrNone() : "the client itself";

    /// <summary>"Claude Code for ana@example.org".</summary>
    public static string Name(FamilyRow family) => $"{UntrustedText.Clean(family.ClientName.Text).OrNone()} for {Whose(family)}";

    public static string ReuseTitle(FamilyRow family) => family.ReuseMarks == 1
        ? "One of its tokens was used twice: open the row to see where from"
        : $"Its tokens were used twice {family.ReuseMarks} times: open the row to see where from";

    /// <summary>Why a family was revoked, as a sentence's end: "revoked by …".</summary>
    public static string Of(RevocationReason reason) => reason switch
    {
        RevocationReason.Operator => "by an operator",
        RevocationReason.User => "by its user",
        RevocationReason.Client => "by its client",
        RevocationReason.RefreshTokenReused => "refresh token used twice",
        RevocationReason.CodeReused => "authorization code used twice",
        RevocationReason.ClientDisabled => "its client was disabled",
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
        GenerationOutcome.Reused => "An old refresh token was used again: the family was revoked",
        GenerationOutcome.CodeReused => "The authorization code was used again: the family was revoked",
        GenerationOutcome.Revoked => "Revoked",
    };

    /// <summary>Whether an outcome is an alarm, a caution, or neither; the timeline's class.</summary>
    public static string Weight(GenerationOutcome outcome) => outcome switch
    {
        GenerationOutcome.Reused or GenerationOutcome.CodeReused => "alarm",
        GenerationOutcome.ReplayedFromElsewhere => "caution",
        GenerationOutcome.Revoked => "revoked",
        GenerationOutcome.Issued or GenerationOutcome.Rotated or GenerationOutcome.Replayed => "plain",
    };

    /// <summary>Asks, then revokes one family.</summary>
    public static Task<bool> RevokeFamilyAsync(this RevokeFlow flow, ClaimsPrincipal caller, FamilyRow family) => flow.RunAsync(
        caller,
        new RevocationTarget.Family(family.FamilyId),
        $"Revoke “{UntrustedText.Clean(family.ClientName.Text).OrNone()}” for “{Whose(family)}”?",
        family.UserId is null
            ? "The client can connect again by itself, with its own credentials. Disable the client to prevent that."
            : "The user can connect the client again by signing in and allowing it.");
}
