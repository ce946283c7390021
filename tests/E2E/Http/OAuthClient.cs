using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpAuthConsole.E2ETests.Host;

namespace McpAuthConsole.E2ETests.Http;

/// <summary>
/// A public OAuth client in plain HTTP, for what the SDKs cannot be made to do: connections in numbers, chosen names and addresses, requests
/// with one thing wrong. Registered dynamically, PKCE S256.
/// </summary>
internal sealed class OAuthClient : IDisposable
{
    private readonly RunningHost _host;
    private readonly HttpClient _http;
    private readonly string _verifier = Base64Url(RandomNumberGenerator.GetBytes(32));

    private OAuthClient(RunningHost host, string redirectUri, SocketsHttpHandler? connect)
    {
        _host = host;
        _http = new HttpClient(connect ?? new SocketsHttpHandler());
        RedirectUri = redirectUri;
    }

    public string Name { get; private init; } = string.Empty;

    public string RedirectUri { get; }

    public string Id { get; private set; } = string.Empty;

    public static async Task<OAuthClient> RegisterAsync(RunningHost host, string name, string redirectUri = "http://127.0.0.1:49152/callback", string userAgent = "OAuthClient/1.0", SocketsHttpHandler? connect = null)
    {
        var client = new OAuthClient(host, redirectUri, connect) { Name = name };
        client._http.DefaultRequestHeaders.UserAgent.ParseAdd(userAgent);
        var metadata = new
        {
            client_name = name,
            redirect_uris = new[] { redirectUri },
            grant_types = new[] { "authorization_code", "refresh_token" },
            response_types = new[] { "code" },
            token_endpoint_auth_method = "none",
        };
        using var response = await client._http.PostAsJsonAsync(host.At("/register"), metadata);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        var registered = await response.Content.ReadFromJsonAsync<JsonElement>();
        client.Id = registered.GetProperty("client_id").GetString()!;
        return client;
    }

    /// <summary>A client that is known to the host already.</summary>
    public static OAuthClient Known(RunningHost host, string name, string id, string redirectUri = "http://127.0.0.1:49152/callback") =>
        new(host, redirectUri, connect: null) { Name = name, Id = id };

    /// <summary>The address that the client opens in the user's browser; <paramref name="changes"/> replace parameters, null removes one.</summary>
    public Uri AuthorizationUrl(string scope, params IReadOnlyList<KeyValuePair<string, string?>> changes)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = Id,
            ["redirect_uri"] = RedirectUri,
            ["scope"] = scope,
            ["state"] = "opaque-to-the-server",
            ["code_challenge"] = Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(_verifier))),
            ["code_challenge_method"] = "S256",
            ["resource"] = _host.McpEndpoint.AbsoluteUri,
        };
        foreach (var (name, value) in changes)
        {
            parameters[name] = value;
        }

        return _host.At("/authorize?" + Query.From(parameters.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!))));
    }

    public Task<TokenAnswer> RedeemAsync(string code) => PostAsync("/token", new()
    {
        ["grant_type"] = "authorization_code",
        ["code"] = code,
        ["redirect_uri"] = RedirectUri,
        ["client_id"] = Id,
        ["code_verifier"] = _verifier,
        ["resource"] = _host.McpEndpoint.AbsoluteUri,
    });

    public Task<TokenAnswer> RefreshAsync(string refreshToken) => PostAsync("/token", new()
    {
        ["grant_type"] = "refresh_token",
        ["refresh_token"] = refreshToken,
        ["client_id"] = Id,
    });

    /// <summary>RFC 7009; returns once the server has acknowledged.</summary>
    public async Task RevokeAsync(string refreshToken)
    {
        var answer = await PostAsync("/revoke", new() { ["token"] = refreshToken, ["token_type_hint"] = "refresh_token", ["client_id"] = Id });
        answer.Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Calls a tool with an access token and returns only how HTTP answered.</summary>
    public async Task<HttpStatusCode> CallToolAsync(string accessToken, string tool)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _host.McpEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        request.Content = JsonContent.Create(new { jsonrpc = "2.0", id = 1, method = "tools/call", @params = new { name = tool, arguments = new { } } });
        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    private async Task<TokenAnswer> PostAsync(string path, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await _http.PostAsync(_host.At(path), content);
        return TokenAnswer.From(response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
