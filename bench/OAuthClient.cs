using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Bench;

/// <summary>What a token request brought.</summary>
internal sealed record Tokens([property: JsonPropertyName("access_token")] string Access, [property: JsonPropertyName("refresh_token")] string Refresh);

/// <summary>A code and the verifier that goes with it.</summary>
internal sealed record Code(string Value, string Verifier)
{
    /// <summary>The one that stands in the address to which the browser is sent back.</summary>
    public static Code From(Uri location, string verifier)
    {
        var code = location.Query.TrimStart('?').Split('&').Single(parameter => parameter.StartsWith("code=", StringComparison.Ordinal));
        return new Code(code["code=".Length..], verifier);
    }
}

/// <summary>A client over HTTP: registers, authorizes, exchanges, refreshes, revokes, and with a secret introspects.</summary>
internal sealed class OAuthClient(HttpClient http, string clientId, string? secret = null)
{
    public const string RedirectUri = "http://127.0.0.1:1/callback";

    public string ClientId => clientId;

    /// <summary>A client for that address which follows no redirect: the bench reads them.</summary>
    public static HttpClient Http(string address) => new(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 512 })
    {
        BaseAddress = new Uri(address),
        Timeout = TimeSpan.FromSeconds(30),
    };

    public static async Task<OAuthClient> RegisterAsync(HttpClient http)
    {
        var answer = await http.PostAsJsonAsync("/register", new
        {
            client_name = "Bench",
            redirect_uris = new[] { RedirectUri },
            token_endpoint_auth_method = "none",
        });
        var registered = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Registered>();
        return new OAuthClient(http, registered!.ClientId);
    }

    /// <summary>The same client on another connection.</summary>
    public OAuthClient Over(HttpClient other) => new(other, clientId, secret);

    /// <summary>What a browser is sent to.</summary>
    public string AuthorizePath(string scope, out string verifier)
    {
        verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return $"/authorize?response_type=code&client_id={clientId}&redirect_uri={Uri.EscapeDataString(RedirectUri)}&scope={Uri.EscapeDataString(scope)}"
            + $"&code_challenge={challenge}&code_challenge_method=S256";
    }

    /// <summary>At a <see cref="BenchHost"/>, whose person allows everything.</summary>
    public async Task<Code> AuthorizeAsync()
    {
        using var asked = await http.GetAsync(AuthorizePath(BenchHost.Scope, out var verifier));
        using var allowed = await http.PostAsync($"{BenchHost.AllowPath}?{QueryOf(asked.Headers.Location)}", null);
        return Code.From(new Uri(await allowed.EnsureSuccessStatusCode().Content.ReadAsStringAsync()), verifier);
    }

    /// <summary>Null when the code was refused.</summary>
    public Task<Tokens?> ExchangeAsync(Code code) => TokenAsync(
        ("grant_type", "authorization_code"), ("code", code.Value), ("code_verifier", code.Verifier), ("redirect_uri", RedirectUri));

    /// <summary>Null when the refresh token was refused.</summary>
    public Task<Tokens?> RefreshAsync(string refreshToken) => TokenAsync(("grant_type", "refresh_token"), ("refresh_token", refreshToken));

    public async Task RevokeAsync(string token)
    {
        using var answer = await http.PostAsync("/revoke", Form(("token", token)));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Whether the server says that the token is good.</summary>
    public async Task<bool> IsActiveAsync(string token)
    {
        using var answer = await http.PostAsync("/introspect", Form(("token", token)));
        return (await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).Contains("\"active\":true", StringComparison.Ordinal);
    }

    /// <summary>Authorizes and exchanges.</summary>
    public async Task<Tokens> ConnectAsync() => await ExchangeAsync(await AuthorizeAsync()) ?? throw new InvalidOperationException("A fresh code was refused.");

    private async Task<Tokens?> TokenAsync(params (string, string)[] parameters)
    {
        using var answer = await http.PostAsync("/token", Form(parameters));
        return answer.StatusCode == HttpStatusCode.BadRequest ? null : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Tokens>();
    }

    private FormUrlEncodedContent Form(params (string Name, string Value)[] parameters) =>
        new([new("client_id", clientId), .. secret is null ? [] : (KeyValuePair<string, string>[])[new("client_secret", secret)], .. parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value))]);

    private static string QueryOf(Uri? location) =>
        location?.OriginalString is { } text ? text[(text.IndexOf('?', StringComparison.Ordinal) + 1)..] : throw new InvalidOperationException("/authorize did not redirect.");

    private sealed record Registered([property: JsonPropertyName("client_id")] string ClientId);
}
