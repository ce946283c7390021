using System.Net;
using System.Security.Claims;
using AuthCore.Clients;
using AuthCore.Consent;
using AuthCore.Grants;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Authorize;

public sealed class AuthorizeEndpointTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>, IAsyncLifetime
{
    private AuthServer _server = null!;
    private ClaimsPrincipal _person = null!;

    public async Task InitializeAsync()
    {
        _server = await shared.EmptiedAsync();
        await _server.AddClientAsync();
        _person = await _server.AddPersonAsync("ana@example.org");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact, Spec("RFC 6749 §3.1")]
    public async Task A_proper_request_without_a_session_goes_to_the_login_page_and_stores_nothing()
    {
        var answer = await _server.AuthorizeAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldStartWith("/account/login?ticket=");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        await using var db = _server.Read();
        (await db.Codes().AnyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_proper_request_with_a_session_goes_to_the_consent_page()
    {
        var answer = await SignedInAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldStartWith("/consent?ticket=");
    }

    [Fact, Spec("RFC 6749 §3.1")]
    public async Task A_request_may_be_posted()
    {
        var query = Authorizing.AuthorizeUrl().Split('?')[1];
        var answer = await _server.Http.PostAsync("/authorize", new StringContent(query, null, "application/x-www-form-urlencoded"));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldStartWith("/account/login?ticket=");
    }

    [Theory, Spec("RFC 6749 §4.1.2.1")]
    [InlineData("client_id", "nobody")]
    [InlineData("client_id", null)]
    [InlineData("client_id", "CLIENT-1")]
    public async Task A_client_that_is_not_known_is_answered_here_and_never_by_a_redirect(string name, string? value) => await StaysHereAsync((name, value));

    [Fact, Spec("RFC 6749 §4.1.2.1")]
    public async Task A_client_that_was_turned_off_is_answered_here()
    {
        await _server.WriteAsync(unit => unit.Db.Clients().ExecuteUpdateAsync(set => set.SetProperty(client => client.DisabledAt, unit.Now)));
        await StaysHereAsync();
    }

    [Theory, Spec("RFC 9700 §4.1.3"), Spec("RFC 6749 §3.1.2.4")]
    [InlineData("https://app.example/cb/")]
    [InlineData("https://app.example/CB")]
    [InlineData("https://app.example/cb?next=1")]
    [InlineData("https://app.example/cb#fragment")]
    [InlineData("https://app.example/cb/extra")]
    [InlineData("https://app.example/x/../cb")]
    [InlineData("https://app.example/%2e/cb")]
    [InlineData("https://app.example/c%62")]
    [InlineData("https://app.example.evil.example/cb")]
    [InlineData("https://evil.app.example/cb")]
    [InlineData("https://app.example@evil.example/cb")]
    [InlineData("https://user@app.example/cb")]
    [InlineData("https://app.example\\@evil.example/cb")]
    [InlineData("https://app.example:8443/cb")]
    [InlineData("http://app.example/cb")]
    [InlineData("HTTPS://app.example/cb")]
    [InlineData("//app.example/cb")]
    [InlineData("/cb")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("blob:https://app.example/cb")]
    public async Task A_redirect_uri_that_differs_at_all_is_answered_here(string redirectUri)
    {
        await RegisterAsync("https://app.example/cb");
        await StaysHereAsync(("redirect_uri", redirectUri));
    }

    [Theory, Spec("RFC 8252 §7.3")]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:53412/cb")]
    [InlineData("http://127.0.0.1:1/cb", "http://127.0.0.1/cb")]
    [InlineData("http://[::1]/cb", "http://[::1]:53412/cb")]
    [InlineData("http://localhost/cb", "http://localhost:53412/cb")]
    public async Task A_loopback_address_may_have_any_port(string registered, string presented)
    {
        await RegisterAsync(registered);
        (await _server.AuthorizeAsync(("redirect_uri", presented))).Headers.Location!.OriginalString.ShouldStartWith("/account/login?");
    }

    [Theory, Spec("RFC 8252 §7.3")]
    [InlineData("http://127.0.0.1/cb", "http://localhost/cb")]
    [InlineData("http://localhost/cb", "http://127.0.0.1/cb")]
    [InlineData("http://127.0.0.1/cb", "http://[::1]/cb")]
    [InlineData("http://127.0.0.1/cb", "https://127.0.0.1/cb")]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:80/other")]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:80/cb?x")]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:0/cb")]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1:99999/cb")]
    [InlineData("http://127.0.0.1/cb", "http://127.0.0.1.nip.io/cb")]
    [InlineData("http://localhost/cb", "http://localhost.evil.com/cb")]
    public async Task A_loopback_address_may_differ_in_nothing_else(string registered, string presented)
    {
        await RegisterAsync(registered);
        await StaysHereAsync(("redirect_uri", presented));
    }

    [Fact, Spec("RFC 6749 §3.1.2.3")]
    public async Task A_redirect_uri_may_be_left_out_only_when_there_is_one()
    {
        (await _server.AuthorizeAsync(("redirect_uri", null))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await RegisterAsync("https://app.example/cb", "https://app.example/other");
        await StaysHereAsync(("redirect_uri", null));
    }

    [Theory, Spec("RFC 6749 §3.1")]
    [InlineData("client_id=client-1")]
    [InlineData("redirect_uri=http%3A%2F%2F127.0.0.1%2Fcallback")]
    [InlineData("client_id=other")]
    public async Task A_repeated_client_or_redirect_uri_is_answered_here(string repeated) =>
        StaysHere(await _server.Http.GetAsync($"{Authorizing.AuthorizeUrl()}&{repeated}"));

    [Theory, Spec("RFC 6749 §3.1")]
    [InlineData("state=again")]
    [InlineData("scope=read%3Asecret")]
    [InlineData("code_challenge_method=S256")]
    [InlineData("anything=1&anything=2")]
    [InlineData("broken=%zz")]
    [InlineData("latin=%e4")]
    [InlineData("nul=%00")]
    public async Task Another_repeated_or_broken_parameter_is_told_the_client(string extra) =>
        await ToldAsync(
            await _server.Http.PostAsync("/authorize", new StringContent($"{Authorizing.AuthorizeUrl().Split('?')[1]}&{extra}", null, "application/x-www-form-urlencoded")),
            "invalid_request");

    [Theory, Spec("RFC 6749 §4.1.2.1")]
    [InlineData("response_type", null, "unsupported_response_type")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "id_token", "unsupported_response_type")]
    [InlineData("response_type", "code token", "unsupported_response_type")]
    [InlineData("response_type", "CODE", "unsupported_response_type")]
    [InlineData("response_mode", "fragment", "invalid_request")]
    [InlineData("response_mode", "form_post", "invalid_request")]
    [InlineData("response_mode", "query.jwt", "invalid_request")]
    [InlineData("prompt", "none login", "invalid_request")]
    [InlineData("prompt", "something", "invalid_request")]
    [InlineData("max_age", "soon", "invalid_request")]
    [InlineData("max_age", "-1", "invalid_request")]
    [InlineData("max_age", "99999999999999", "invalid_request")]
    public async Task What_is_not_understood_is_told_the_client(string name, string? value, string error) =>
        await ToldAsync(await _server.AuthorizeAsync((name, value)), error);

    [Theory, Spec("RFC 7636 §4.4.1")]
    [InlineData("code_challenge", null)]
    [InlineData("code_challenge", "")]
    [InlineData("code_challenge", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("code_challenge", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("code_challenge", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaA")]
    [InlineData("code_challenge", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa+/")]
    [InlineData("code_challenge", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=")]
    [InlineData("code_challenge_method", null)]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("code_challenge_method", "s256")]
    [InlineData("code_challenge_method", "S512")]
    public async Task Without_an_S256_challenge_there_is_no_code(string name, string? value) =>
        await ToldAsync(await _server.AuthorizeAsync((name, value)), "invalid_request");

    [Theory, Spec("RFC 6749 §3.3")]
    [InlineData("unknown")]
    [InlineData("read:secret unknown")]
    [InlineData("READ:SECRET")]
    [InlineData("read\"secret")]
    [InlineData("read\\secret")]
    [InlineData("lä")]
    public async Task An_unknown_or_malformed_scope_is_told_the_client(string scope) =>
        await ToldAsync(await _server.AuthorizeAsync(("scope", scope)), "invalid_scope");

    [Fact]
    public async Task A_scope_of_ten_thousand_characters_is_told_the_client() =>
        await ToldAsync(await _server.AuthorizeAsync(("scope", new string('a', 10_000))), "invalid_scope");

    [Theory, Spec("RFC 8707 §2")]
    [InlineData("http://localhost/mcp#fragment")]
    [InlineData("http://localhost/mcp#")]
    [InlineData("/mcp")]
    [InlineData("mcp")]
    [InlineData("http://localhost/other")]
    [InlineData("http://localhost/mcp/more")]
    [InlineData("http://localhost/mcp?query")]
    [InlineData("http://user@localhost/mcp")]
    [InlineData("https://localhost/mcp")]
    [InlineData("https://elsewhere.example/mcp")]
    public async Task A_resource_that_is_not_ours_is_told_the_client(string resource) =>
        await ToldAsync(await _server.AuthorizeAsync(("resource", resource)), "invalid_target");

    [Fact, Spec("RFC 8707 §2")]
    public async Task One_foreign_resource_among_ours_is_told_the_client() => await ToldAsync(
        await _server.Http.GetAsync(Authorizing.AuthorizeUrl(("resource", "http://localhost/mcp")) + "&resource=https%3A%2F%2Felsewhere.example%2Fmcp"), "invalid_target");

    [Theory, Spec("RFC 8707 §2")]
    [InlineData("http://localhost/mcp")]
    [InlineData("http://localhost/mcp/")]
    [InlineData("HTTP://LOCALHOST/mcp")]
    [InlineData("http://localhost")]
    [InlineData("http://localhost/")]
    [InlineData(null)]
    public async Task Our_resource_is_known_however_it_is_spelled(string? resource)
    {
        var opening = await _server.Get<IConsentInteraction>().OpenAsync(await _server.TicketAsync(("resource", resource)), _person);
        opening.ShouldBeOfType<ConsentOpening.Ready>().Request.Resource.ShouldBe("http://localhost/mcp");
    }

    [Theory, Spec("RFC 6749 §4.1.2")]
    [InlineData("\r\nSet-Cookie: a=b")]
    [InlineData("\"><script>alert(1)</script>")]
    [InlineData("a b+c&d=e#f%41")]
    [InlineData("日本語 🙂")]
    public async Task The_state_comes_back_as_it_went_in_and_only_encoded(string state)
    {
        var answer = await _server.AuthorizeAsync(("state", state), ("response_type", "token"));
        answer.Headers.Location!.OriginalString.ShouldAllBe(c => char.IsAsciiLetterOrDigit(c) || "-._~:/?&=%".Contains(c));
        answer.LocationQuery()["state"].ShouldBe(state);
    }

    [Fact]
    public async Task A_long_state_comes_back_whole_and_a_longer_one_is_refused()
    {
        var state = string.Concat(Enumerable.Repeat("0123456789abcdef", 256));
        (await _server.AuthorizeAsync(("state", state), ("response_type", "token"))).LocationQuery()["state"].ShouldBe(state);
        var code = (await _server.AnswerAsync(_person, await _server.BoundTicketAsync(_person, ("state", state)), true, "read:secret")).Query();
        code["state"].ShouldBe(state);

        (await _server.AuthorizeAsync(("state", state + "x"))).LocationQuery()["error"].ShouldBe("invalid_request");
    }

    [Theory, Spec("OpenID Connect Core §3.1.2.6")]
    [InlineData("request", "eyJhbGciOiJub25lIn0.e30.", "request_not_supported")]
    [InlineData("request_uri", "http://169.254.169.254/", "request_uri_not_supported")]
    public async Task A_request_object_is_not_read_and_never_fetched(string name, string value, string error) =>
        await ToldAsync(await _server.AuthorizeAsync((name, value)), error);

    [Fact, Spec("OpenID Connect Core §3.1.2.1")]
    public async Task Without_a_page_nothing_is_granted()
    {
        await ToldAsync(await _server.AuthorizeAsync(("prompt", "none")), "login_required");
        await ToldAsync(await SignedInAsync(("prompt", "none")), "consent_required");
    }

    [Fact]
    public async Task A_preregistered_client_may_not_ask_beyond_its_list_and_a_registered_one_steps_up()
    {
        await SetScopeAsync("read:secret");
        (await _server.AuthorizeAsync(("scope", "read:secret write"))).Headers.Location!.OriginalString.ShouldStartWith("/account/login?");

        await _server.AddClientAsync("configured", origin: ClientOrigin.Preregistered);
        await SetScopeAsync("read:secret");
        await ToldAsync(await _server.AuthorizeAsync(("client_id", "configured"), ("scope", "read:secret write")), "invalid_scope");
    }

    [Fact]
    public async Task A_request_without_scope_means_every_advertised_one()
    {
        var opening = await _server.Get<IConsentInteraction>().OpenAsync(await _server.TicketAsync(("scope", null)), _person);
        opening.ShouldBeOfType<ConsentOpening.Ready>().Request.Scopes.Select(scope => scope.Name).ShouldBe(["read:secret", "write"]);
    }

    [Fact]
    public async Task A_client_that_may_not_use_codes_is_told_so()
    {
        await _server.WriteAsync(async unit =>
        {
            (await unit.Db.Clients().SingleAsync()).GrantTypes = ["refresh_token"];
            return await unit.Db.SaveChangesAsync();
        });
        await ToldAsync(await _server.AuthorizeAsync(), "unauthorized_client");
    }

    [Fact]
    public async Task A_body_of_more_than_sixteen_kilobytes_is_413_and_one_that_is_no_form_415()
    {
        var large = new StringContent("client_id=" + new string('x', 16 * 1024), null, "application/x-www-form-urlencoded");
        (await _server.Http.PostAsync("/authorize", large)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await _server.Http.PostAsync("/authorize", new StringContent("{}", null, "application/json"))).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory, InlineData("HEAD"), InlineData("PUT"), InlineData("DELETE"), InlineData("PATCH")]
    public async Task Other_methods_are_405_with_Allow(string method)
    {
        var answer = await _server.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), Authorizing.AuthorizeUrl()));
        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Content.Headers.Allow.Order().ShouldBe(["GET", "POST"]);
    }

    [Fact, Spec("RFC 9700 §2.6")]
    public async Task No_script_of_another_site_may_read_the_answer()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Authorizing.AuthorizeUrl());
        request.Headers.Add("Origin", "https://elsewhere.example");
        (await _server.Http.SendAsync(request)).Headers.ShouldNotContain(header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_program_that_asks_for_JSON_gets_the_refusal_as_JSON_with_nothing_of_the_request()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Authorizing.AuthorizeUrl(("client_id", "<nobody>")));
        request.Headers.Add("Accept", "application/json");
        var answer = await _server.Http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.ErrorAsync()).ShouldBe("invalid_client");
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("nobody");
    }

    private async Task<HttpResponseMessage> SignedInAsync(params (string Name, string? Value)[] changes)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Authorizing.AuthorizeUrl(changes));
        request.Headers.Add("Cookie", await _server.SignInAsync(_person));
        return await _server.Http.SendAsync(request);
    }

    private Task<int> RegisterAsync(params string[] redirectUris) => _server.WriteAsync(async unit =>
    {
        (await unit.Db.Clients().SingleAsync()).RedirectUris = [.. redirectUris];
        return await unit.Db.SaveChangesAsync();
    });

    private Task<int> SetScopeAsync(string scope) =>
        _server.WriteAsync(unit => unit.Db.Clients().ExecuteUpdateAsync(set => set.SetProperty(client => client.Scope, scope)));

    private async Task StaysHereAsync(params (string Name, string? Value)[] changes) => StaysHere(await _server.AuthorizeAsync(changes));

    private static void StaysHere(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Location.ShouldBeNull();
    }

    /// <summary>303 to the registered address with the error, the state and the issuer (RFC 9207 §2), and nothing that could be used.</summary>
    private static Task ToldAsync(HttpResponseMessage answer, string error)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldStartWith(Authorizing.Callback + "?");
        var query = answer.LocationQuery();
        query["error"].ShouldBe(error);
        query["state"].ShouldBe("state-1");
        query["iss"].ShouldBe(AuthServer.Issuer);
        query.Keys.Order().ShouldBe(["error", "error_description", "iss", "state"]);
        return Task.CompletedTask;
    }
}
