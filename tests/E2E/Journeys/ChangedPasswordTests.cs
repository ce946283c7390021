using System.Net;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>Somebody changes their password because another knows it: nothing of before gives access afterwards.</summary>
public sealed class ChangedPasswordTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private static readonly Person Afterwards = Person.Administrator with { Password = "A-Bug-In-The-Relay-70" };

    private readonly RunningHost _host = shared.Host;

    [Fact]
    public async Task Nothing_that_the_old_password_began_outlives_it()
    {
        using var browser = new FormBrowser(_host.Origin);
        await browser.SignInAsync(_host.At("/account/connections"), Person.Administrator);
        using var connected = await OAuthClient.RegisterAsync(_host, "Connected before");
        var tokens = await browser.ConnectAsync(connected, "read:secret");
        using var halfway = await OAuthClient.RegisterAsync(_host, "Has a code");
        var code = (await browser.SubmitAsync(await browser.OpenAsync(halfway.AuthorizationUrl("read:secret")), [new("decision", "allow")])).Returned("code")!;
        using var thief = browser.WithCopiedCookies();
        using var wanted = await OAuthClient.RegisterAsync(_host, "The thief's");
        var question = await thief.OpenAsync(wanted.AuthorizationUrl("read:secret"));

        var changed = await ChangeAsync(browser);
        changed.Address.PathAndQuery.ShouldBe("/account/connections?password=changed");

        (await connected.CallToolAsync(tokens.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.Unauthorized);
        (await connected.RefreshAsync(tokens.RefreshToken!)).Error.ShouldBe("invalid_grant");
        (await halfway.RedeemAsync(code)).Error.ShouldBe("invalid_grant");
        var answer = await thief.SubmitAsync(question, [new("decision", "allow")]);
        answer.LeadsTo.ShouldBeNull("the thief's answer was a grant");
        answer.Address.AbsolutePath.ShouldBe("/account/login");

        // The same request goes on for who knows the new password.
        var again = await thief.SubmitAsync(answer, [new("email", Afterwards.Email), new("password", Afterwards.Password)]);
        var allowed = await thief.SubmitAsync(again, [new("decision", "allow")]);
        (await wanted.RedeemAsync(allowed.Returned("code")!)).AccessToken.ShouldNotBeNull();
        using var late = new FormBrowser(_host.Origin);
        (await late.SignInAsync(_host.At("/account/connections"), Person.Administrator)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<FormPage> ChangeAsync(FormBrowser browser) => await browser.SubmitAsync(
        await browser.OpenAsync(_host.At("/account/password")),
        [new("current", Person.Administrator.Password), new("password", Afterwards.Password), new("repeated", Afterwards.Password)]);
}
