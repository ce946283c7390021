using System.Net;
using System.Text.RegularExpressions;
using AuthCore.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace UnitTests.Console.Features.Account;

/// <summary>The real host in memory, spoken to as a browser without a script would.</summary>
public sealed partial class SignInTests : IDisposable
{
    private const string Email = ConsoleHost.Email;
    private const string Password = ConsoleHost.Password;
    private readonly ConsoleHost _host = new();
    private readonly HttpClient _browser;

    public SignInTests() => _browser = _host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    [Fact]
    public async Task The_right_password_begins_a_session_that_scripts_cannot_read()
    {
        using var answer = await SignInAsync(Email, Password);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("session=", StringComparison.Ordinal)).ToLowerInvariant();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
    }

    [Fact]
    public async Task An_unknown_address_a_wrong_password_a_disabled_and_a_locked_account_are_told_alike()
    {
        var unknown = await RefusalAsync("nobody@example.org", Password);
        var wrong = await RefusalAsync(Email, "not the password");
        await ChangeAsync(user => user.DisabledAt = DateTimeOffset.UtcNow);
        var disabled = await RefusalAsync(Email, Password);
        await ChangeAsync(user => (user.DisabledAt, user.LockoutEnd) = (null, DateTimeOffset.UtcNow.AddHours(1)));
        var locked = await RefusalAsync(Email, Password);

        wrong.ShouldBe(unknown);
        disabled.ShouldBe(unknown);
        locked.ShouldBe(unknown);
    }

    [Theory]
    [InlineData("/account/connections", "/account/connections")]
    [InlineData("//evil.example", "/")]
    [InlineData(@"/\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/%0d%0aSet-Cookie:%20a=b", "/")]
    public async Task Signing_in_never_leads_to_another_host(string returnUrl, string location)
    {
        using var answer = await SignInAsync(Email, Password, $"?returnUrl={Uri.EscapeDataString(returnUrl)}");
        answer.Headers.Location!.OriginalString.ShouldBe(location);
    }

    [Fact]
    public async Task A_disabled_person_loses_the_session_they_have()
    {
        (await SignInAsync(Email, Password)).Dispose();
        await ChangeAsync(user => user.DisabledAt = DateTimeOffset.UtcNow);
        _host.Clock.Advance(AdminConsole.Security.SessionCookie.Recheck + TimeSpan.FromSeconds(1));

        using var answer = await _browser.GetAsync(new Uri("/account/connections", UriKind.Relative));
        answer.Headers.Location!.OriginalString.ShouldContain("/account/login");
    }

    [Theory]
    [InlineData("/account/login")]
    [InlineData("/account/logout")]
    [InlineData("/account/switch")]
    [InlineData("/account/appearance")]
    [InlineData("/account/password")]
    [InlineData("/consent")]
    [InlineData("/account/connections/revoke-all")]
    public async Task A_form_that_is_not_ours_is_refused(string path)
    {
        (await SignInAsync(Email, Password)).Dispose();
        using var form = new FormUrlEncodedContent([new("ticket", "x"), new("decision", "allow")]);
        using var answer = await _browser.PostAsync(new Uri(path, UriKind.Relative), form);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_link_to_sign_out_only_asks()
    {
        (await SignInAsync(Email, Password)).Dispose();
        (await _browser.GetStringAsync(new Uri("/account/logout", UriKind.Relative))).ShouldContain("Sign out?");
        using var still = await _browser.GetAsync(new Uri("/account/connections", UriKind.Relative));
        still.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_changed_password_replaces_the_old_one_and_ends_other_sessions_but_not_this_one()
    {
        (await SignInAsync(Email, Password)).Dispose();
        using var elsewhere = _host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        (await SignInAsync(Email, Password, browser: elsewhere)).Dispose();

        using var changed = await ChangePasswordAsync(Password, "another horse entirely", "another horse entirely");
        changed.Headers.Location!.OriginalString.ShouldBe("/account/connections?password=changed");
        using var atOnce = await elsewhere.GetAsync(new Uri("/account/connections", UriKind.Relative));
        atOnce.Headers.Location!.OriginalString.ShouldContain("/account/login");
        _host.Clock.Advance(AdminConsole.Security.SessionCookie.Recheck + TimeSpan.FromSeconds(1));

        using var here = await _browser.GetAsync(new Uri("/account/connections", UriKind.Relative));
        here.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var there = await elsewhere.GetAsync(new Uri("/account/connections", UriKind.Relative));
        there.Headers.Location!.OriginalString.ShouldContain("/account/login");
        (await SignInAsync(Email, Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await SignInAsync(Email, "another horse entirely")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    [Theory]
    [InlineData("not the password", "another horse entirely", "another horse entirely", "current password is not right")]
    [InlineData(Password, "another horse entirely", "another horse", "two new passwords differ")]
    [InlineData(Password, "short", "short", "at least 12 characters")]
    public async Task A_password_that_is_not_changed_says_why_and_stays(string current, string password, string repeated, string reason)
    {
        (await SignInAsync(Email, Password)).Dispose();
        using var refused = await ChangePasswordAsync(current, password, repeated);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync()).ShouldContain(reason);
        (await SignInAsync(Email, Password)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    public void Dispose()
    {
        _browser.Dispose();
        _host.Dispose();
    }

    private async Task<string> RefusalAsync(string email, string password)
    {
        using var answer = await SignInAsync(email, password);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("That did not work.");
        return Secrets().Replace(page, "").Replace(email, "", StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> SignInAsync(string email, string password, string query = "", HttpClient? browser = null) =>
        SubmitAsync(browser ?? _browser, $"/account/login{query}", new("email", email), new("password", password));

    private Task<HttpResponseMessage> ChangePasswordAsync(string current, string password, string repeated) =>
        SubmitAsync(_browser, "/account/password", new("current", current), new("password", password), new("repeated", repeated));

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string page, params KeyValuePair<string, string>[] fields)
    {
        var path = new Uri(page, UriKind.Relative);
        var token = AntiforgeryToken().Match(await browser.GetStringAsync(path)).Groups[1].Value;
        using var form = new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", token)]);
        return await browser.PostAsync(path, form);
    }

    private async Task ChangeAsync(Action<AuthUser> change)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AuthUser>>();
        var user = (await users.FindByEmailAsync(Email))!;
        change(user);
        (await users.UpdateAsync(user)).Succeeded.ShouldBeTrue();
    }

    [GeneratedRegex("""__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex AntiforgeryToken();

    [GeneratedRegex("""__RequestVerificationToken" value="[^"]+""")]
    private static partial Regex Secrets();
}
