using AuthCore.Storage.Facts;
using AuthCore.Users;
using AuthCore.Users.Passwords;
using Microsoft.Extensions.Logging;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Users;

public sealed class UserLogTests
{
    public static TheoryData<SignInRefusal> Refusals => [.. Enum.GetValues<SignInRefusal>()];

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Why_a_sign_in_was_refused_is_said_in_words(SignInRefusal reason)
    {
        var line = LineOf(new SignInFailed("user-1", reason));

        line.ShouldContain($"Sign-in refused for user-1: {UserLog.Words(reason)}");
        line.ShouldNotContain(reason.ToString(), Case.Sensitive);
    }

    [Fact]
    public void A_wrong_password_is_called_so() =>
        LineOf(new SignInFailed("user-1", SignInRefusal.WrongPassword)).ShouldContain("Sign-in refused for user-1: the password is wrong");

    private static string LineOf(Fact fact)
    {
        using var log = new RecordedLog();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        new UserLog(factory.CreateLogger<UserLog>()).Apply(new RecordedFact(fact, DateTimeOffset.UnixEpoch, FactOrigin.Host));
        return log.Lines.ShouldHaveSingleItem();
    }
}
