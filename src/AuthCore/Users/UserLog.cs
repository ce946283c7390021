using AuthCore.Storage.Facts;
using AuthCore.Users.Passwords;
using Microsoft.Extensions.Logging;

namespace AuthCore.Users;

/// <summary>What the log says of people.</summary>
internal sealed class UserLog(ILogger<UserLog> logger) : IFactProjection
{
    public void Apply(RecordedFact recorded)
    {
        switch (recorded.Fact)
        {
            case SignInFailed failed:
                Log.SignInRefused(logger, failed.Subject, Words(failed.Reason));
                break;
            case SetupCompleted completed:
                Log.FirstAdministrator(logger, completed.UserId);
                break;
        }
    }

    /// <summary>Why a sign-in was refused, as a sentence's end. The audit trail keeps the code.</summary>
    internal static string Words(SignInRefusal reason) => reason switch
    {
        SignInRefusal.TooManyWrongPasswords => "too many wrong passwords came from that address",
        SignInRefusal.NoSuchAccount => "there is no such account",
        SignInRefusal.Locked => "the account is locked for a while",
        SignInRefusal.Disabled => "the account is disabled",
        SignInRefusal.WrongPassword => "the password is wrong",
        SignInRefusal.WrongPasswordAndLocked => "the password is wrong, and the account is locked for a while from now on",
        SignInRefusal.ChangedMeanwhile => "the account changed while the password was checked",
    };
}
