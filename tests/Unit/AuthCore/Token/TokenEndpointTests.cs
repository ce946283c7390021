using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AuthCore.Clients;
using AuthCore.Token;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Token;

public sealed class TokenEndpointTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>, IAsyncLifetime
{
    private AuthServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await shared.EmptiedAsync();
        await _server.AddClientAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory, Spec("RFC 6749 §5.2")]
    [InlineData("password", "unsupported_grant_type")]
    [InlineData("client_credentials", "unsupported_grant_type")]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code", "unsupported_grant_type")]
    [InlineData("AUTHORIZATION_CODE", "unsupported_grant_type")]
    [InlineData("", "invalid_request")]
    [InlineData("authorization_code", "invalid_request")]
    [InlineData("refresh_token", "invalid_request")]
    public async Task A_grant_type_alone_is_answered_with_what_is_wrong(string grantType, string error)
    {
        var answer = await _server.PostFormAsync("/token", ("client_id", "client-1"), ("grant_type", grantType));
        await RefusedAsync(answer, HttpStatusCode.BadRequest, error);
    }

    [Fact, Spec("RFC 6749 §5.2")]
    public async Task A_grant_that_the_client_is_not_registered_for_is_refused_as_such()
    {
        await _server.WriteAsync(async unit =>
        {
            unit.Db.Clients().Single().GrantTypes = ["authorization_code"];
            return await unit.Db.SaveChangesAsync();
        });
        await RefusedAsync(await _server.RefreshAsync("anything"), HttpStatusCode.BadRequest, "unauthorized_client");
    }

    [Fact, Spec("RFC 6749 §3.2")]
    public async Task A_repeated_parameter_is_refused()
    {
        var form = new StringContent("grant_type=refresh_token&grant_type=refresh_token&client_id=client-1", Encoding.ASCII, "application/x-www-form-urlencoded");
        await RefusedAsync(await _server.Http.PostAsync("/token", form), HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact, Spec("RFC 6749 §2.3")]
    public async Task Credentials_in_two_places_are_refused()
    {
        await _server.AddClientAsync("confidential", secret: "a secret");
        var request = new HttpRequestMessage(HttpMethod.Post, "/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "refresh_token"), new("refresh_token", "x"), new("client_secret", "a secret")]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("confidential:a secret"u8));
        await RefusedAsync(await _server.Http.SendAsync(request), HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact, Spec("RFC 6749 §5.2")]
    public async Task A_client_that_is_not_known_is_401_with_a_challenge()
    {
        var answer = await _server.PostFormAsync("/token", ("client_id", "nobody"), ("grant_type", "refresh_token"), ("refresh_token", "x"));
        await RefusedAsync(answer, HttpStatusCode.Unauthorized, "invalid_client");
        answer.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Basic");
    }

    [Theory, Spec("RFC 6749 §3.2")]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_body_that_is_no_form_is_refused(string contentType)
    {
        var content = new StringContent("grant_type=refresh_token&client_id=client-1&refresh_token=x");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        await RefusedAsync(await _server.Http.PostAsync("/token", content), HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_body_of_more_than_sixty_four_kilobytes_is_413()
    {
        var answer = await _server.PostFormAsync("/token", ("client_id", new string('x', 64 * 1024)));
        await RefusedAsync(answer, HttpStatusCode.RequestEntityTooLarge, "invalid_request");
    }

    [Theory, Spec("RFC 6749 §3.2"), InlineData("GET"), InlineData("PUT"), InlineData("DELETE")]
    public async Task Only_POST_is_taken(string method)
    {
        var answer = await _server.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/token?grant_type=refresh_token&client_id=client-1&refresh_token=x"));
        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Content.Headers.Allow.ShouldContain("POST");
    }

    [Fact, Spec("RFC 6749 §2.3.1")]
    public async Task What_stands_in_the_query_is_not_read()
    {
        var answer = await _server.Http.PostAsync("/token?client_id=client-1&grant_type=refresh_token&refresh_token=x", new FormUrlEncodedContent([]));
        await RefusedAsync(answer, HttpStatusCode.Unauthorized, "invalid_client");
    }

    [Fact]
    public void Every_refusal_has_an_error_of_the_specification_and_a_sentence_of_ours()
    {
        string[] known = ["invalid_request", "invalid_grant", "invalid_scope", "invalid_target", "unauthorized_client", "interaction_required", "access_denied"];
        foreach (var refusal in Enum.GetValues<GrantRefusal>())
        {
            var error = refusal.ToError();
            known.ShouldContain(error.Code);
            error.Status.ShouldBe(400);
            error.Description.ShouldEndWith(".");
        }
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string error)
    {
        answer.StatusCode.ShouldBe(status);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.Pragma.ToString().ShouldBe("no-cache");
        (await answer.ErrorAsync()).ShouldBe(error);
        answer.Headers.ShouldContain(header => header.Key == "X-Correlation-Id");
    }
}
