using System.Net;
using System.Security.Claims;
using AuthCore.Clients;
using AuthCore.Grants;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Authorize;

/// <summary>Which errors go to a client by themselves, and which stop here.</summary>
public sealed class ErrorAnswersTests(ErrorAnswersTests.OneServer shared) : IClassFixture<ErrorAnswersTests.OneServer>
{
    private const string Site = "https://evil.example/phish";

    private readonly AuthServer _server = shared.Server;
    private readonly ClaimsPrincipal _person = shared.Person;
    private readonly string _client = Guid.NewGuid().ToString("N");

    [Theory, Spec("RFC 9700 §4.11.2")]
    [InlineData(Site)]
    [InlineData("https://localhost.evil.example/")]
    [InlineData("com.example.app:/callback")]
    [InlineData("cursor://anysphere.cursor-retrieval/oauth")]
    public async Task An_address_that_anybody_could_register_is_not_gone_to_by_itself(string redirectUri)
    {
        await AddAsync(ClientOrigin.Dynamic, redirectUri);
        Stays(await FailAsync(redirectUri));
        Stays(await FailAsync(redirectUri, signedIn: true));
    }

    [Theory]
    [InlineData("https://127.0.0.1/callback")]
    [InlineData("http://localhost/callback")]
    [InlineData("http://127.0.0.1/callback")]
    [InlineData("http://[::1]/callback")]
    public async Task A_loopback_address_is(string redirectUri)
    {
        await AddAsync(ClientOrigin.Dynamic, redirectUri);
        Goes(await FailAsync(redirectUri), redirectUri);
    }

    [Theory]
    [InlineData(Site)]
    [InlineData("com.example.app:/callback")]
    public async Task What_an_administrator_entered_is(string redirectUri)
    {
        await AddAsync(ClientOrigin.Preregistered, redirectUri);
        Goes(await FailAsync(redirectUri), redirectUri);
    }

    [Theory]
    [InlineData("response_type", "token")]
    [InlineData("scope", "unknown")]
    [InlineData("code_challenge", null)]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("resource", "https://elsewhere.example/mcp")]
    [InlineData("request", "e30.e30.")]
    [InlineData("request_uri", "https://evil.example/request")]
    [InlineData("response_mode", "fragment")]
    [InlineData("max_age", "soon")]
    [InlineData("prompt", "nonsense")]
    [InlineData("prompt", "none")]
    public async Task Every_kind_of_error_stops_here(string name, string? value)
    {
        await AddAsync(ClientOrigin.Dynamic, Site);
        Stays(await _server.AuthorizeAsync(("client_id", _client), ("redirect_uri", Site), (name, value)));
    }

    [Fact]
    public async Task Who_lets_the_client_receive_answers_there_now_is_sent_on()
    {
        await AddAsync(ClientOrigin.Dynamic, Site);
        await _server.AddFamilyAsync(_client, _person.UserId());
        Stays(await FailAsync(Site, signedIn: true), "that family's answer went elsewhere");

        await ChangeFamiliesAsync(set => set.SetProperty(row => row.RedirectHost, "evil.example"));
        Goes(await FailAsync(Site, signedIn: true), Site);
        Stays(await FailAsync(Site), "no person is signed in");

        await ChangeFamiliesAsync(set => set.SetProperty(row => row.ExpiresAt, _server.Time.GetUtcNow()));
        Stays(await FailAsync(Site, signedIn: true), "that family has expired");

        await ChangeFamiliesAsync(set => set.SetProperty(row => row.ExpiresAt, _server.Time.GetUtcNow().AddDays(1)).SetProperty(row => row.RevokedAt, _server.Time.GetUtcNow()));
        Stays(await FailAsync(Site, signedIn: true), "that family has ended");
    }

    [Fact]
    public async Task What_another_person_allowed_counts_for_nothing()
    {
        var other = await _server.AddPersonAsync("otto@example.org");
        await AddAsync(ClientOrigin.Dynamic, Site);
        await _server.AddFamilyAsync(_client, other.UserId());
        await ChangeFamiliesAsync(set => set.SetProperty(row => row.RedirectHost, "evil.example"));
        Stays(await FailAsync(Site, signedIn: true));
    }

    [Fact]
    public async Task A_program_is_told_in_json()
    {
        await AddAsync(ClientOrigin.Dynamic, Site);
        var request = new HttpRequestMessage(HttpMethod.Get, Authorizing.AuthorizeUrl(("client_id", _client), ("redirect_uri", Site), ("response_type", "token")));
        request.Headers.Add("Accept", "application/json");
        (await (await _server.Http.SendAsync(request)).ErrorAsync()).ShouldBe("unsupported_response_type");
    }

    private Task AddAsync(ClientOrigin origin, string redirectUri) => _server.WriteAsync(async unit =>
    {
        unit.Db.Clients().Add(new Client
        {
            ClientId = _client,
            Name = "A client",
            Origin = origin,
            AuthMethod = "none",
            RedirectUris = [redirectUri],
            GrantTypes = ["authorization_code", "refresh_token"],
            ApplicationType = "web",
            CreatedAt = unit.Now,
        });
        return await unit.Db.SaveChangesAsync();
    });

    private Task ChangeFamiliesAsync(Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<global::AuthCore.Grants.TokenFamily>> change) =>
        _server.WriteAsync(unit => unit.Db.Families().Where(family => family.ClientId == _client).ExecuteUpdateAsync(change));

    private async Task<HttpResponseMessage> FailAsync(string redirectUri, bool signedIn = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Authorizing.AuthorizeUrl(("client_id", _client), ("redirect_uri", redirectUri), ("response_type", "token")));
        if (signedIn)
        {
            request.Headers.Add("Cookie", await _server.SignInAsync(_person));
        }

        return await _server.Http.SendAsync(request);
    }

    private static void Stays(HttpResponseMessage answer, string? why = null)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, why);
        answer.Headers.Location.ShouldBeNull(why);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    private static void Goes(HttpResponseMessage answer, string redirectUri)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldStartWith(redirectUri + "?error=unsupported_response_type&");
        answer.Headers.Location!.OriginalString.ShouldContain("&iss=");
    }

    public sealed class OneServer : IAsyncLifetime
    {
        internal AuthServer Server { get; private set; } = null!;

        internal ClaimsPrincipal Person { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Server = await AuthServer.StartAsync();
            Person = await Server.AddPersonAsync("ana@example.org");
        }

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }
}
