using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bench.Fuzz;

/// <summary>A running host, and what an attacker who may sign in and register has got from it: a client, tokens, a session and a form's token.</summary>
internal sealed partial class FuzzTarget
{
    private const string RedirectUri = "http://127.0.0.1:1/callback";

    public required string Address { get; init; }

    public required string ClientId { get; init; }

    public required string AccessToken { get; init; }

    public required string RefreshToken { get; init; }

    /// <summary>The cookies of a person who is signed in, as a browser sends them.</summary>
    public required string Cookies { get; init; }

    /// <summary>The hidden field that forms of that session carry.</summary>
    public required string FormToken { get; init; }

    /// <summary>A request for authorization as it waits for its consent.</summary>
    public required string Ticket { get; init; }

    /// <summary>A token that no request of the run carries.</summary>
    public required string KeptToken { get; init; }

    /// <summary>What may stand in no log.</summary>
    public IEnumerable<string> Secrets => [AccessToken, RefreshToken, KeptToken, .. Cookies.Split("; ").Select(cookie => cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..])];

    /// <param name="host">Where, and with whose password.</param>
    public static async Task<FuzzTarget> PrepareAsync(HostProcess host)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(host.Address) };
        var registered = await JsonAsync(await http.PostAsync("/register", new StringContent(
            $$"""{"client_name":"Fuzz","redirect_uris":["{{RedirectUri}}"],"token_endpoint_auth_method":"none"}""", new MediaTypeHeaderValue("application/json"))));
        var clientId = registered.GetProperty("client_id").GetString()!;

        var login = await PageAsync(http, AuthorizePath(clientId, out var verifier));
        await http.PostAsync(login.Path, Form(("__RequestVerificationToken", Hidden(login.Html, "__RequestVerificationToken")), ("email", HostProcess.Email), ("password", host.Password)));
        var tokens = await AllowAsync(http, clientId, AuthorizePath(clientId, out verifier), verifier);
        var kept = await AllowAsync(http, clientId, AuthorizePath(clientId, out verifier, "account:read"), verifier);
        var open = await PageAsync(http, AuthorizePath(clientId, out _));
        return new FuzzTarget
        {
            Address = host.Address,
            ClientId = clientId,
            AccessToken = tokens.GetProperty("access_token").GetString()!,
            RefreshToken = tokens.GetProperty("refresh_token").GetString()!,
            KeptToken = kept.GetProperty("access_token").GetString()!,
            Cookies = handler.CookieContainer.GetCookieHeader(new Uri(host.Address)),
            FormToken = Hidden(open.Html, "__RequestVerificationToken"),
            Ticket = open.Path[(open.Path.IndexOf("ticket=", StringComparison.Ordinal) + "ticket=".Length)..],
        };
    }

    /// <summary>Whether the token that was kept out of the run still opens a tool.</summary>
    public async Task<bool> CanCallAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"whoami","arguments":{}}}""", new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", KeptToken);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        using var answer = await http.SendAsync(request);
        return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains("\"result\"", StringComparison.Ordinal);
    }

    private static async Task<JsonElement> AllowAsync(HttpClient http, string clientId, string authorize, string verifier)
    {
        var page = await PageAsync(http, authorize);
        // The form that answers, not the one that changes the account, which stands above it.
        var consent = (page.Path, Html: page.Html[page.Html.IndexOf("action=\"/consent", StringComparison.Ordinal)..]);
        (string, string)[] scopes = [.. Scopes().Matches(consent.Html).Select(scope => ("scope", scope.Groups[1].Value + scope.Groups[2].Value))];
        using var sentBack = await http.PostAsync(consent.Path, Form(
            [("__RequestVerificationToken", Hidden(consent.Html, "__RequestVerificationToken")), ("ticket", Hidden(consent.Html, "ticket")), ("decision", "allow"), .. scopes]));
        var query = sentBack.Headers.Location?.Query ?? throw new InvalidOperationException($"Consent was answered with {(int)sentBack.StatusCode}.");
        var code = query.TrimStart('?').Split('&').Single(part => part.StartsWith("code=", StringComparison.Ordinal))["code=".Length..];
        return await JsonAsync(await http.PostAsync("/token", Form(
            ("grant_type", "authorization_code"), ("code", code), ("code_verifier", verifier), ("redirect_uri", RedirectUri), ("client_id", clientId))));
    }

    private static string AuthorizePath(string clientId, out string verifier, string scope = "account:read read:secret write")
    {
        verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return $"/authorize?response_type=code&client_id={clientId}&redirect_uri={Uri.EscapeDataString(RedirectUri)}&scope={Uri.EscapeDataString(scope)}&code_challenge={challenge}&code_challenge_method=S256";
    }

    private static async Task<(string Path, string Html)> PageAsync(HttpClient http, string path)
    {
        for (var hop = 0; hop < 5; hop++)
        {
            using var answer = await http.GetAsync(path);
            if (answer.Headers.Location is not { } location)
            {
                return (path, await answer.Content.ReadAsStringAsync());
            }

            path = location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString;
        }

        throw new InvalidOperationException("The host redirects in circles.");
    }

    private static FormUrlEncodedContent Form(params IEnumerable<(string Name, string Value)> fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            return JsonElement.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        }
    }

    private static string Hidden(string html, string name) =>
        Regex.Match(html, $"""name="{name}"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="{name}" """.TrimEnd()) is { Success: true } field
            ? WebUtility.HtmlDecode(field.Groups[1].Value + field.Groups[2].Value)
            : throw new InvalidOperationException($"The page has no field '{name}'.");

    [GeneratedRegex("""name="scope"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="scope" """)]
    private static partial Regex Scopes();
}
