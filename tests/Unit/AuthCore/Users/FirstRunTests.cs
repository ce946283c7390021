using System.Text.RegularExpressions;
using AuthCore.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Users;

/// <summary>The first administrator: whoever started the host has the code, and nobody else.</summary>
public sealed partial class FirstRunTests
{
    private const string Email = "ada@example.org";
    private const string Password = "a long enough passphrase";

    private static int _port = 20_000;

    private readonly string _issuer = $"http://localhost:{Interlocked.Increment(ref _port)}";

    public FirstRunTests() => PrintedLines.Listen();

    [Fact]
    public async Task The_printed_code_makes_one_administrator_and_no_second()
    {
        await using var server = await StartAsync();
        var firstRun = server.Get<IFirstRun>();
        (await firstRun.IsNeededAsync()).ShouldBeTrue();

        var created = (await firstRun.CompleteAsync(PrintedCode(), Email, Password)).ShouldBeOfType<FirstRunOutcome.Created>();

        (await firstRun.IsNeededAsync()).ShouldBeFalse();
        (await firstRun.CompleteAsync(PrintedCode(), "eve@example.org", Password)).ShouldBeOfType<FirstRunOutcome.AlreadyDone>();
        await using var db = server.Read();
        (await db.Users.SingleAsync()).Id.ShouldBe(created.User.Id);
        await using var scope = server.Get<IServiceScopeFactory>().CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AuthUser>>();
        (await users.GetRolesAsync(created.User)).ShouldBe([Roles.Administrator]);
        (await users.CheckPasswordAsync(created.User, Password)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_code_may_be_typed_without_dashes_and_in_lower_case()
    {
        await using var server = await StartAsync();
        var typed = PrintedCode().Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant();
        (await server.Get<IFirstRun>().CompleteAsync(typed, Email, Password)).ShouldBeOfType<FirstRunOutcome.Created>();
    }

    [Fact]
    public async Task Many_who_show_the_code_at_once_make_one_administrator()
    {
        await using var server = await StartAsync();
        var code = PrintedCode();
        var outcomes = await AtOnce.RunAsync(8, index => server.Get<IFirstRun>().CompleteAsync(code, $"person-{index}@example.org", Password));
        outcomes.OfType<FirstRunOutcome.Created>().ShouldHaveSingleItem();
        outcomes.OfType<FirstRunOutcome.AlreadyDone>().Count().ShouldBe(7);
        await using var db = server.Read();
        (await db.Users.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Ten_wrong_codes_withdraw_the_right_one_until_the_next_start()
    {
        await using var server = await StartAsync();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            (await server.Get<IFirstRun>().CompleteAsync("WRONG-CODE-" + attempt, Email, Password)).ShouldBeOfType<FirstRunOutcome.WrongCode>();
        }

        (await server.Get<IFirstRun>().CompleteAsync(PrintedCode(), Email, Password)).ShouldBeOfType<FirstRunOutcome.WrongCode>();
        var before = PrintedCode();

        await using var again = await server.RestartAsync(("PublicUrl", _issuer));
        PrintedCode().ShouldNotBe(before);
        (await again.Get<IFirstRun>().CompleteAsync(before, Email, Password)).ShouldBeOfType<FirstRunOutcome.WrongCode>();
        (await again.Get<IFirstRun>().CompleteAsync(PrintedCode(), Email, Password)).ShouldBeOfType<FirstRunOutcome.Created>();
    }

    [Fact]
    public async Task Nine_wrong_codes_do_not()
    {
        await using var server = await StartAsync();
        for (var attempt = 0; attempt < 9; attempt++)
        {
            await server.Get<IFirstRun>().CompleteAsync("", Email, Password);
        }

        (await server.Get<IFirstRun>().CompleteAsync(PrintedCode(), Email, Password)).ShouldBeOfType<FirstRunOutcome.Created>();
    }

    [Fact]
    public async Task A_password_that_is_not_taken_does_not_spend_the_code()
    {
        await using var server = await StartAsync();
        var refused = (await server.Get<IFirstRun>().CompleteAsync(PrintedCode(), Email, "short")).ShouldBeOfType<FirstRunOutcome.Refused>();
        refused.Reasons.ShouldNotBeEmpty();
        (await server.Get<IFirstRun>().CompleteAsync(PrintedCode(), Email, Password)).ShouldBeOfType<FirstRunOutcome.Created>();
    }

    [Fact]
    public async Task A_configured_administrator_is_made_at_start_and_no_code_is_printed()
    {
        await using var server = await StartAsync(("Setup:AdminEmail", Email), ("Setup:AdminPassword", Password));
        (await server.Get<IFirstRun>().IsNeededAsync()).ShouldBeFalse();
        PrintedLines.Containing(_issuer).ShouldBeEmpty();
        (await server.Get<IFirstRun>().CompleteAsync("", "eve@example.org", Password)).ShouldBeOfType<FirstRunOutcome.AlreadyDone>();
        await using var db = server.Read();
        (await db.Users.SingleAsync()).Email.ShouldBe(Email);
    }

    [Fact]
    public async Task A_configured_administrator_changes_nothing_where_there_is_somebody()
    {
        await using var server = await StartAsync(("Setup:AdminEmail", Email), ("Setup:AdminPassword", Password));
        await using var again = await server.RestartAsync(("PublicUrl", _issuer), ("Setup:AdminEmail", "eve@example.org"), ("Setup:AdminPassword", Password));
        await using var db = again.Read();
        (await db.Users.SingleAsync()).Email.ShouldBe(Email);
    }

    [Fact]
    public async Task A_configured_password_that_is_not_taken_refuses_to_start_without_showing_it()
    {
        var problem = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(("Setup:AdminEmail", Email), ("Setup:AdminPassword", "Sh0rt!")));
        problem.Message.ShouldStartWith("Setup:AdminEmail, Setup:AdminPassword: ");
        problem.Message.ShouldNotContain("Sh0rt!");
    }

    [Fact]
    public async Task The_code_is_stored_nowhere()
    {
        await using var server = await StartAsync();
        var code = PrintedCode();
        foreach (var file in Directory.GetFiles(server.DataDirectory, "*.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            var content = await reader.ReadToEndAsync();
            content.ShouldNotContain(code);
            content.ShouldNotContain(code.Replace("-", "", StringComparison.Ordinal));
        }
    }

    private Task<AuthServer> StartAsync(params (string Key, string? Value)[] settings) => AuthServer.StartAsync([("PublicUrl", _issuer), .. settings]);

    /// <summary>The code that this test's host printed last.</summary>
    private string PrintedCode() => Code().Match(PrintedLines.Containing(_issuer + "/setup").Last()).Groups[1].Value;

    [GeneratedRegex("one-time code:  ([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})")]
    private static partial Regex Code();
}
