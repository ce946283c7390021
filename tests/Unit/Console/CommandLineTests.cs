using AdminConsole.Commands;

namespace UnitTests.Console;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(false, "--urls=http://localhost:1")]
    [InlineData(false, "--urls", "http://localhost:1")]
    [InlineData(false, "/urls", "http://localhost:1")]
    [InlineData(false, "urls=http://localhost:1")]
    [InlineData(false, "-urls=http://localhost:1")]
    [InlineData(true, "user")]
    [InlineData(true, "nonsense")]
    [InlineData(true, "--help")]
    [InlineData(true, "-h")]
    [InlineData(true, "--version")]
    public void Settings_start_the_host_and_anything_else_is_a_command(bool command, params string[] args) => CommandLine.IsCommand(args).ShouldBe(command);

    [Fact]
    public void A_made_up_password_is_long_different_each_time_and_cannot_be_printed_by_accident()
    {
        var one = NewPassword.MakeUp();
        one.Value.ShouldMatch("^[A-Z2-9]{5}(-[A-Z2-9]{5}){3}$");
        NewPassword.MakeUp().Value.ShouldNotBe(one.Value);
        $"{one}".ShouldNotContain(one.Value);
    }
}
