using System.Globalization;
using AdminConsole.Features.BrowserSessions;
using AdminConsole.Features.Families;
using AuthCore.Audit;
using AuthCore.Clients;
using AuthCore.Consent;
using AuthCore.Grants;
using AuthCore.Hooks;
using AuthCore.RateLimits;
using AuthCore.Registration;
using AuthCore.Storage.Facts;
using AuthCore.Users;
using AuthCore.Users.Passwords;
using AuthCore.Users.Sessions;
using McpEndpoint.Confirmation;

namespace AdminConsole.Features.Audit;

/// <summary>Puts facts into words. The trail itself holds none.</summary>
internal static class AuditWords
{
    /// <summary>What is known beyond kind, actor and subject; empty for a fact that says no more. Holds untrusted names as they are.</summary>
    public static string Of(AuditRow row) => row.Fact is { } fact ? Of(fact) ?? "" : row.Detail ?? "";

    /// <summary>Null for a kind that this console does not know.</summary>
    public static string? Of(Fact fact) => fact switch
    {
        ConsentAllowed allowed => $"{allowed.Scopes} for {allowed.Resource}",
        FamilyRevoked revoked => FamilyWords.Of(revoked.Reason),
        FamilySuperseded superseded => $"replaced by {superseded.ReplacedBy}",
        RefreshTokenReused reused => Twice(reused.UsedBeforeFrom, reused.UsedNowFrom),
        CodeReused reused => Twice(reused.UsedBeforeFrom, reused.UsedNowFrom),
        ConnectionsRevoked revoked => $"{FamilyWords.Of(revoked.Reason)}: {Access(revoked.FamilyIds, revoked.Codes)}",
        ClientRegistered registered => registered.ClientName,
        ClientConfigured configured => configured.ClientName,
        ClientDisabled disabled =>
            $"{(disabled.Actor == FactActors.Configuration ? "taken out of the configuration: " : "")}{Access(disabled.FamilyIds, disabled.Codes)}",
        RegistrationsTold told => string.Create(
            CultureInfo.InvariantCulture, $"{told.More} more clients registered themselves than were listed; {told.Dropped} unused registrations ({told.Bytes} bytes) were dropped to make room"),
        UserAdded added => $"{added.Email}, {added.Role ?? "no role"}",
        UserRoleSet set => set.Role ?? "no role",
        UserDisabled disabled => Access(disabled.FamilyIds, disabled.Codes),
        PasswordChanged changed => Access(changed.FamilyIds, changed.Codes),
        PasswordReset reset => Access(reset.FamilyIds, reset.Codes),
        SignInFailed failed => Refusal(failed.Reason),
        PasswordRefused refused => Refusal(refused.Reason),
        AccessDenied denied => denied.SessionEnded ? "the browser session has ended" : "the role is needed and not held",
        SetupRefused => "wrong code",
        SetupCompleted completed => $"first administrator {completed.Email}{(completed.HadAccount ? ", who had an account" : "")}",
        SessionEnded ended => ended.Count == 1 ? SessionWords.Of(ended.Reason) : $"{SessionWords.Of(ended.Reason)}, {ended.Count} sessions",
        DecisionVetoed vetoed => $"{vetoed.Decision} refused: {vetoed.Reason}, by {vetoed.Hook}{Unlisted(vetoed.Unlisted)}",
        ActionFinished action => $"{action.Summary} (client {action.ClientId}, arguments sha256:{action.ArgumentsDigest})",
        AuditEndAccepted accepted => string.Create(
            CultureInfo.InvariantCulture, $"its end at line {accepted.Number} is missing and was accepted; {accepted.Found} lines of the chain are there"),
        ConsentDenied or SignInSucceeded or ClientEnabled or UserEnabled or RateLimitLifted => "",
        _ => null,
    };

    private static string Unlisted(int count) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {count} more before this one are in the log only");

    private static string Twice(string? before, string? now) =>
        $"used before from {before ?? "an unknown address"}, now from {now ?? "an unknown address"}; the family was revoked";

    private static string Access(IReadOnlyList<string> families, int codes) => codes == 0 ? $"{families.Count} families revoked" : $"{families.Count} families revoked, {codes} codes invalidated";

    private static string Refusal(SignInRefusal reason) => reason switch
    {
        SignInRefusal.TooManyWrongPasswords => "too many wrong passwords from there",
        SignInRefusal.NoSuchAccount => "no such account",
        SignInRefusal.Locked => "locked",
        SignInRefusal.Disabled => "disabled",
        SignInRefusal.WrongPassword => "wrong password",
        SignInRefusal.WrongPasswordAndLocked => "wrong password, now locked",
        SignInRefusal.ChangedMeanwhile => "changed while it was checked",
    };
}
