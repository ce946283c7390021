using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AuthCore.Clients;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Clients;

public sealed class ClientAuthenticationTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    private const string Secret = "a-secret-that-is-long-enough-0123456789";

    [Fact]
    public async Task A_public_client_names_itself_and_shows_no_secret()
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync("public");
        (await RevokeAsync(server, ("client_id", "public"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await ShouldBeRefusedAsync(await RevokeAsync(server, ("client_id", "public"), ("client_secret", Secret)));
    }

    [Fact]
    public async Task A_confidential_client_must_show_its_secret()
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync("confidential", Secret, "client_secret_post");
        (await RevokeAsync(server, ("client_id", "confidential"), ("client_secret", Secret))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await ShouldBeRefusedAsync(await RevokeAsync(server, ("client_id", "confidential")));
        await ShouldBeRefusedAsync(await RevokeAsync(server, ("client_id", "confidential"), ("client_secret", Secret + "x")));
    }

    [Fact]
    public async Task The_way_must_be_the_registered_one()
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync("basic", Secret);
        await ShouldBeRefusedAsync(await RevokeAsync(server, ("client_id", "basic"), ("client_secret", Secret)));
        (await BasicAsync(server, $"Basic {Encode($"basic:{Secret}")}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, Spec("RFC 9110 §11.1")]
    [InlineData("basic")]
    [InlineData("BASIC")]
    [InlineData("bAsIc")]
    public async Task The_scheme_has_any_case(string scheme)
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync("client-1", Secret);
        (await BasicAsync(server, $"{scheme} {Encode($"client-1:{Secret}")}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact, Spec("RFC 6749 §2.3.1")]
    public async Task Identifier_and_secret_are_form_decoded()
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync("a:b c", "50%+secret");
        (await BasicAsync(server, $"Basic {Encode("a%3Ab+c:50%25%2Bsecret")}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, Spec("RFC 6749 §5.2")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic not base64!")]
    [InlineData("Basic Y2xpZW50")] // client, without a colon
    [InlineData("Basic OnNlY3JldA==")] // :secret
    [InlineData("Basic Y2xpZW50Og==")] // client:
    [InlineData("Basic Y2xpZW50OiV6eg==")] // client:%zz
    [InlineData("Basic Y2xpZW50Of8=")] // client: and a byte that is not UTF-8
    [InlineData("Bearer abc")]
    [InlineData("Digest abc")]
    public async Task A_malformed_header_is_401_with_a_challenge(string header)
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync("client", Secret);
        await ShouldBeRefusedAsync(await BasicAsync(server, header));
    }

    [Fact, Spec("RFC 6749 §2.3")]
    public async Task Two_ways_at_once_are_an_invalid_request()
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync("client-1", Secret);
        var answer = await BasicAsync(server, $"Basic {Encode($"client-1:{Secret}")}", ("client_secret", Secret));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ErrorAsync()).ShouldBe("invalid_request");
    }

    [Fact]
    public async Task The_body_may_repeat_the_identifier_of_the_header_but_not_contradict_it()
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync("client-1", Secret);
        var header = $"Basic {Encode($"client-1:{Secret}")}";
        (await BasicAsync(server, header, ("client_id", "client-1"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await BasicAsync(server, header, ("client_id", "client-2"))).ErrorAsync()).ShouldBe("invalid_request");
    }

    [Fact, Spec("RFC 6749 §5.2")]
    public async Task An_unknown_client_a_wrong_secret_and_a_disabled_client_get_the_same_answer()
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync("known", Secret, "client_secret_post");
        await server.AddClientAsync("ended", Secret, "client_secret_post");
        await server.WriteAsync(async unit =>
        {
            (await unit.Db.Clients().FindAsync("ended"))!.DisabledAt = unit.Now;
            return await unit.Db.SaveChangesAsync();
        });
        string[] answers =
        [
            await ShouldBeRefusedAsync(await RevokeAsync(server, ("client_id", "unknown"), ("client_secret", Secret))),
            await ShouldBeRefusedAsync(await RevokeAsync(server, ("client_id", "known"), ("client_secret", "wrong"))),
            await ShouldBeRefusedAsync(await RevokeAsync(server, ("client_id", "ended"), ("client_secret", Secret))),
            await ShouldBeRefusedAsync(await RevokeAsync(server)),
        ];
        answers.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_confidential_client_whose_secret_was_lost_is_refused_with_and_without_one()
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync("lost", secret: null, authMethod: "client_secret_post");
        await ShouldBeRefusedAsync(await RevokeAsync(server, ("client_id", "lost")));
        await ShouldBeRefusedAsync(await RevokeAsync(server, ("client_id", "lost"), ("client_secret", "anything")));
    }

    [Fact]
    public async Task An_assertion_is_not_a_way_that_is_offered()
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync("public");
        await ShouldBeRefusedAsync(await RevokeAsync(server, ("client_id", "public"), ("client_assertion", "e30.e30.")));
    }

    [Fact]
    public async Task Guessing_is_slowed_for_one_client_at_one_address_and_no_other()
    {
        await using var server = await AuthServer.StartAsync(
            ("RateLimits:Enabled", "true"), ("RateLimits:FailedClientAuthentication:Permits", "3"), ("RateLimits:FailedClientAuthentication:Window", "01:00:00"));
        await server.AddClientAsync("guessed", Secret, "client_secret_post");
        await server.AddClientAsync("other", Secret, "client_secret_post");
        for (var i = 0; i < 3; i++)
        {
            (await RevokeAsync(server, ("client_id", "guessed"), ("client_secret", "wrong"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        var slowed = await RevokeAsync(server, ("client_id", "guessed"), ("client_secret", "wrong"));
        slowed.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        slowed.Headers.RetryAfter.ShouldNotBeNull();
        (await RevokeAsync(server, ("client_id", "other"), ("client_secret", Secret))).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var elsewhere = new HttpRequestMessage(HttpMethod.Post, "/revoke")
        {
            Content = new FormUrlEncodedContent([new("token", "x"), new("client_id", "guessed"), new("client_secret", Secret)]),
        };
        elsewhere.Headers.Add(AuthServer.AddressHeader, "198.51.100.7");
        (await server.Http.SendAsync(elsewhere)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> RevokeAsync(AuthServer server, params (string Name, string Value)[] form) =>
        server.PostFormAsync("/revoke", [("token", "unknown"), .. form]);

    private static async Task<HttpResponseMessage> BasicAsync(AuthServer server, string header, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/revoke")
        {
            Content = new FormUrlEncodedContent([new("token", "unknown"), .. form.Select(field => KeyValuePair.Create(field.Name, field.Value))]),
        };
        request.Headers.TryAddWithoutValidation("Authorization", header);
        return await server.Http.SendAsync(request);
    }

    private static async Task<string> ShouldBeRefusedAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ShouldContain(challenge => challenge.Scheme == "Basic");
        answer.Headers.CacheControl.ShouldBe(new CacheControlHeaderValue { NoStore = true });
        (await answer.ErrorAsync()).ShouldBe("invalid_client");
        return await answer.Content.ReadAsStringAsync();
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
