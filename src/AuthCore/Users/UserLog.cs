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
                Log.SignInRefused(logger, failed.Subject, failed.Reason);
                break;
            case SetupCompleted completed:
                Log.FirstAdministrator(logger, completed.UserId);
                break;
        }
    }
}
