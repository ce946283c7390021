using System.CommandLine;
using AdminConsole.Shared;
using AuthCore.Accounts;
using AuthCore.Users;

namespace AdminConsole.Commands;

/// <summary><c>user add</c> and <c>user reset-password</c>: the way back in for the person who has the data directory. The host is stopped meanwhile.</summary>
internal static class UserCommands
{
    private static readonly Argument<string> Email = new("EMAIL") { Description = "What the user signs in with." };

    private static readonly Option<string?> Role = new("--role")
    {
        Description = "What they may do in the console; left out for somebody who only connects clients.",
        HelpName = string.Join('|', Roles.All),
    };

    private static readonly Option<bool> FromStandardInput = new("--password-stdin")
    {
        Description = "Read the password from the first line of standard input. Otherwise one is made up and printed once.",
    };

    public static Command Describe()
    {
        Role.AcceptOnlyFromAmong([.. Roles.All]);
        var add = new Command("add", "Add a user.") { Email, Role, FromStandardInput, StoppedHost.DataDirectory };
        add.SetAction((given, cancellationToken) => RunAsync(
            given, $"{given.GetValue(Email)} can sign in now.",
            (services, password) => OfflineUsers.AddAsync(services, given.GetRequiredValue(Email), password, given.GetValue(Role), cancellationToken)));

        var reset = new Command("reset-password", "Give a user a new password. Their lockout and sessions end, and their connections are revoked.") { Email, FromStandardInput, StoppedHost.DataDirectory };
        reset.SetAction((given, cancellationToken) => RunAsync(
            given, $"{given.GetValue(Email)} has a new password. Every session of theirs has ended, and every connection is revoked.",
            (services, password) => OfflineUsers.ResetPasswordAsync(services, given.GetRequiredValue(Email), password, cancellationToken)));

        return new Command("user", "Add a user or reset a password while the host is stopped. Takes the host's settings from the environment.") { add, reset };
    }

    private static async Task<int> RunAsync(ParseResult given, string done, Func<IServiceProvider, string, Task<UserChange>> changeAsync)
    {
        var password = given.GetValue(FromStandardInput) ? NewPassword.Read() : NewPassword.MakeUp();
        if (password.Value.Length > NewPassword.MaxLength)
        {
            Console.Error.WriteLine($"A password has {NewPassword.MaxLength} characters at most.");
            return 1;
        }

        return await StoppedHost.RunAsync(given, async services =>
        {
            var change = await changeAsync(services, password.Value);
            return change.Match(
                _ =>
                {
                    Console.WriteLine(done);
                    if (password.IsMadeUp)
                    {
                        Console.WriteLine($"Password:  {password.Value}");
                    }

                    return 0;
                },
                refused =>
                {
                    Console.Error.WriteLine(string.Join(' ', AccountWords.Of(refused.Problems)));
                    return 1;
                });
        });
    }
}
