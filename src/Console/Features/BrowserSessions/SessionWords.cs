using AdminConsole.Shared;
using AuthCore.Protocol;
using AuthCore.Users.Sessions;

namespace AdminConsole.Features.BrowserSessions;

/// <summary>What the console says about browser sessions.</summary>
internal static class SessionWords
{
    /// <summary>"Firefox on Windows of ana@example.org".</summary>
    public static string Name(SessionRow session) => $"{DeviceWords.Of(session.UserAgent)} of {UntrustedText.Clean(session.UserEmail, 254).OrNone()}";

    /// <summary>Why a session ended, as a sentence's end: "ended …".</summary>
    public static string Of(SessionEnd end) => end switch
    {
        SessionEnd.SignedOut => "signed out",
        SessionEnd.User => "by its user, from another browser",
        SessionEnd.Operator => "by an operator",
        SessionEnd.Replaced => "somebody signed in in the same browser",
        SessionEnd.TooMany => "its user had too many",
        SessionEnd.PasswordChanged => "its user changed their password",
        SessionEnd.RoleChanged => "its user got another role",
        SessionEnd.UserDisabled => "its user was disabled",
        SessionEnd.AccountChanged => "its user’s account changed",
        SessionEnd.Idle => "not used for too long",
        SessionEnd.LifetimeOver => "reached its longest time",
    };
}
