using System.Net;
using System.Text.RegularExpressions;
using AuthCore.Accounts;
using AuthCore.Audit;
using AuthCore.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Accounts;

/// <summary>The first administrator: the operator who started the host has the code, and no other.</summary>
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
        (await db.Users().SingleAsync()).Id.ShouldBe(created.User.Id);
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
        (await db.Users().CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Ten_wrong_codes_make_their_address_wait_and_leave_the_code_good()
    {
        await using var server = await StartAsync();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            (await CompleteFromAsync(server, "2001:db8::1", "WRONG-CODE-" + attempt)).ShouldBeOfType<FirstRunOutcome.WrongCode>();
        }

        // The same subscriber under another address; even the right code tells nothing now.
        (await CompleteFromAsync(server, "2001:db8::2", PrintedCode())).ShouldBe(new FirstRunOutcome.TooManyWrongCodes(TimeSpan.FromMinutes(10)));
        (await CompleteFromAsync(server, "2001:db8:0:1::1", PrintedCode())).ShouldBeOfType<FirstRunOutcome.Created>();
    }

    [Fact]
    public async Task A_wait_ends_by_itself()
    {
        await using var server = await StartAsync();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await CompleteFromAsync(server, "192.0.2.9", "");
        }

        server.Time.Advance(TimeSpan.FromMinutes(10));
        (await CompleteFromAsync(server, "192.0.2.9", PrintedCode())).ShouldBeOfType<FirstRunOutcome.Created>();
    }

    [Fact]
    public async Task The_code_of_an_earlier_start_is_wrong()
    {
        await using var server = await StartAsync();
        var before = PrintedCode();
        await using var again = await server.RestartAsync(("PublicUrl", _issuer));
        PrintedCode().ShouldNotBe(before);
        (await again.Get<IFirstRun>().CompleteAsync(before, Email, Password)).ShouldBeOfType<FirstRunOutcome.WrongCode>();
    }

    [Fact]
    public async Task A_role_that_cannot_be_written_leaves_no_account_and_set_up_works_once_it_can()
    {
        var server = await StartAsync();
        await using var disposing = server;
        await ExecuteAsync(server, "CREATE TRIGGER fault BEFORE INSERT ON AspNetUserRoles BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");

        await Should.ThrowAsync<Exception>(() => server.Get<IFirstRun>().CompleteAsync(PrintedCode(), Email, Password));
        (await server.Read().Users().CountAsync()).ShouldBe(0);
        await Should.ThrowAsync<Exception>(() => server.RestartAsync(("PublicUrl", _issuer), ("Setup:AdminEmail", Email), ("Setup:AdminPassword", Password)));

        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(server.DataDirectory, "mcp-auth.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "DROP TRIGGER fault";
            await command.ExecuteNonQueryAsync();
        }

        await using var again = await server.RestartAsync(("PublicUrl", _issuer), ("Setup:AdminEmail", Email), ("Setup:AdminPassword", Password));
        (await again.Get<IFirstRun>().IsNeededAsync()).ShouldBeFalse();
        await ShouldBeAdministratorAsync(again);
    }

    [Fact]
    public async Task A_person_whom_an_older_version_left_without_the_role_gets_role_and_password_and_loses_what_they_had()
    {
        await using var server = await StartAsync();
        var person = await server.AddPersonAsync(Email, Roles.Viewer);
        await server.AddClientAsync();
        var family = await server.AddFamilyAsync("client-1", person.UserId());
        await server.WriteAsync(unit => unit.Db.Users().ExecuteUpdateAsync(set => set
            .SetProperty(user => user.DisabledAt, unit.Now).SetProperty(user => user.AccessFailedCount, 9).SetProperty(user => user.LockoutEnd, unit.Now.AddHours(1))));

        (await server.Get<IFirstRun>().IsNeededAsync()).ShouldBeTrue();
        (await server.Get<IFirstRun>().CompleteAsync(PrintedCode(), Email.ToUpperInvariant(), Password)).ShouldBeOfType<FirstRunOutcome.Created>().User.Id.ShouldBe(person.UserId());

        await ShouldBeAdministratorAsync(server);
        server.Accepts(server.TokensOf(family).AccessToken).ShouldBeFalse();
        server.Accepts(server.TokensOf(await server.AddFamilyAsync("client-1", person.UserId())).AccessToken).ShouldBeTrue("they are enabled again");
        (await server.Get<AuditVerifier>().VerifyAsync()).IsIntact.ShouldBeTrue();
    }

    [Fact]
    public async Task A_disabled_administrator_does_not_count()
    {
        await using var server = await StartAsync();
        await server.AddPersonAsync("gone@example.org", Roles.Administrator);
        await server.WriteAsync(unit => unit.Db.Users().ExecuteUpdateAsync(set => set.SetProperty(user => user.DisabledAt, unit.Now)));
        (await server.Get<IFirstRun>().IsNeededAsync()).ShouldBeTrue();
        (await server.Get<IFirstRun>().CompleteAsync(PrintedCode(), Email, Password)).ShouldBeOfType<FirstRunOutcome.Created>();
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" ", null)]
    [InlineData(null, "")]
    public async Task Empty_settings_are_not_set(string? email, string? password)
    {
        await using var server = await StartAsync(("Setup:AdminEmail", email), ("Setup:AdminPassword", password), ("Keys:MasterKey", ""), ("ConnectionStrings:AuthCore", ""));
        (await server.Get<IFirstRun>().CompleteAsync(PrintedCode(), Email, Password)).ShouldBeOfType<FirstRunOutcome.Created>();
    }

    [Fact]
    public async Task A_password_that_is_not_taken_does_not_spend_the_code()
    {
        await using var server = await StartAsync();
        var refused = (await server.Get<IFirstRun>().CompleteAsync(PrintedCode(), Email, "short")).ShouldBeOfType<FirstRunOutcome.Refused>();
        refused.Problems.ShouldContain(new AccountProblem(AccountProblemCode.PasswordTooShort, AtLeast: 12));
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
        (await db.Users().SingleAsync()).Email.ShouldBe(Email);
    }

    [Fact]
    public async Task A_configured_administrator_changes_nothing_where_there_is_one()
    {
        await using var server = await StartAsync(("Setup:AdminEmail", Email), ("Setup:AdminPassword", Password));
        await using var again = await server.RestartAsync(("PublicUrl", _issuer), ("Setup:AdminEmail", "eve@example.org"), ("Setup:AdminPassword", Password));
        await using var db = again.Read();
        (await db.Users().SingleAsync()).Email.ShouldBe(Email);
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
        foreach (var file in Directory.GetFiles(server.DataDirectory, "*.db*").Where(file => Path.GetExtension(file) != ".lock"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            var content = await reader.ReadToEndAsync();
            content.ShouldNotContain(code);
            content.ShouldNotContain(code.Replace("-", "", StringComparison.Ordinal));
        }
    }

    private Task<AuthServer> StartAsync(params (string Key, string? Value)[] settings) => AuthServer.StartAsync([("PublicUrl", _issuer), .. settings]);

    private static Task<FirstRunOutcome> CompleteFromAsync(AuthServer server, string address, string code)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        server.Get<IHttpContextAccessor>().HttpContext = http;
        return server.Get<IFirstRun>().CompleteAsync(code, Email, Password);
    }

    private static Task ExecuteAsync(AuthServer server, string sql) => server.WriteAsync(unit => unit.Db.Database.ExecuteSqlRawAsync(sql));

    private static async Task ShouldBeAdministratorAsync(AuthServer server)
    {
        await using var scope = server.Get<IServiceScopeFactory>().CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AuthUser>>();
        var user = (await users.FindByEmailAsync(Email)).ShouldNotBeNull();
        (await users.GetRolesAsync(user)).ShouldBe([Roles.Administrator]);
        (await users.CheckPasswordAsync(user, Password)).ShouldBeTrue();
        (await users.IsLockedOutAsync(user)).ShouldBeFalse();
        user.DisabledAt.ShouldBeNull();
        user.AccessFailedCount.ShouldBe(0);
    }

    /// <summary>The code that this test's host printed last.</summary>
    private string PrintedCode() => Code().Match(PrintedLines.Containing(_issuer + "/setup").Last()).Groups[1].Value;

    [GeneratedRegex("one-time code:  ([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})")]
    private static partial Regex Code();
}
