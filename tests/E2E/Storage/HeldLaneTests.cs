using System.Net;
using System.Text.RegularExpressions;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Storage;

/// <summary>A write that does not end: a trigger with an endless query makes one of an ordinary statement.</summary>
public sealed class HeldLaneTests(ImpatientHost shared) : IClassFixture<ImpatientHost>
{
    private const string Endless = "SELECT max(x) FROM (WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n);";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(8);

    private readonly RunningHost _host = shared.Host;

    [Fact]
    public async Task It_is_rolled_back_and_answered_and_others_write_on()
    {
        using var program = new OtherProgram(_host.Database());
        program.Execute($"CREATE TRIGGER Held AFTER INSERT ON Clients WHEN new.Name = 'Held' BEGIN {Endless} END");
        var held = await _host.RegisterAsync("Held");
        held.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        held.Took.ShouldBeLessThan(Bound);

        (await _host.RegisterAsync("Goes on")).Status.ShouldBe(HttpStatusCode.Created);
        program.Scalar("SELECT group_concat(Name) FROM Clients").ShouldBe("Goes on");
        await _host.PrintedAsync(new Regex("A unit of work held the write lane for more than 00:00:01"));

        program.Execute("DROP TRIGGER Held");
        (await _host.RegisterAsync("Held")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_login_that_holds_it_is_answered_with_a_page()
    {
        using var program = new OtherProgram(_host.Database());
        program.Execute($"CREATE TRIGGER HeldLogin AFTER UPDATE ON AspNetUsers BEGIN {Endless} END");
        using var browser = new FormBrowser(_host.Origin);
        var login = await browser.OpenAsync(_host.At("/account/login"));
        var (page, took) = await browser.SignInAsync(login, Person.Administrator with { Password = "Not-The-Password-1" });
        page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        took.ShouldBeLessThan(Bound);
        await _host.PrintedAsync(new Regex("A unit of work held the write lane for more than 00:00:01"));

        program.Execute("DROP TRIGGER HeldLogin");
        (await browser.SignInAsync(login, Person.Administrator)).Page.Status.ShouldBe(HttpStatusCode.OK);
    }
}
