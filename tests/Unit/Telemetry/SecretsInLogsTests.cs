using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UnitTests.AuthCore.TestKit;
using UnitTests.Console;
using UnitTests.TestKit;

namespace UnitTests.Telemetry;

/// <summary>The whole host at its most talkative: whatever it gives to a client or is shown by one stays out of the log.</summary>
public sealed partial class SecretsInLogsTests : IDisposable
{
    private readonly RecordedLog _log = new();
    private readonly ConsoleHost _host = new();
    private readonly WebApplicationFactory<Program> _talkative;
    private readonly HttpClient _http;
    private readonly Dictionary<string, string> _secrets = new() { ["password"] = ConsoleHost.Password };

    public SecretsInLogsTests()
    {
        _talkative = _host.WithWebHostBuilder(builder => builder.ConfigureLogging(logging =>
        {
            logging.ClearProviders().AddProvider(_log);
            logging.Services.PostConfigure<LoggerFilterOptions>(filter =>
            {
                filter.Rules.Clear();
                filter.MinLevel = LogLevel.Trace;
            });
        }));
        _http = _talkative.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
    }

    [Fact]
    public async Task No_secret_is_written_at_any_level_on_the_way_from_registration_to_revocation()
    {
        var clientId = await RegisterAsync();
        var tokens = await RedeemAsync(clientId, await AllowAsync(clientId));
        await CallAsync(tokens.Access, "get_secret");
        await CallAsync(tokens.Access, "book_slot");
        await RefusedAsync(await RefreshAsync(clientId, tokens.Refresh!), "interaction_required");
        var next = await TokensAsync(await RefreshAsync(clientId, tokens.Refresh!), "second");
        await CallAsync(next.Access, "get_secret");
        await TokensAsync(await RefreshAsync(clientId, tokens.Refresh!), "repeated");
        await PostAsync("/introspect", clientId, ("token", next.Access));
        await RefusedAsync(await RefreshAsync(clientId, tokens.Refresh! + "x"), "invalid_grant");
        var third = await TokensAsync(await RefreshAsync(clientId, next.Refresh!), "third");
        await RefusedAsync(await RefreshAsync(clientId, tokens.Refresh!), "invalid_grant");
        await RefusedAsync(await RedeemCodeAsync(clientId), "invalid_grant");
        await PostAsync("/revoke", clientId, ("token", third.Refresh!));
        await CallAsync(next.Access, "get_secret");

        var lines = _log.Lines;
        foreach (var part in new[] { "AuthCore.Token.", "AuthCore.Registration.", "AuthCore.Consent.", "McpEndpoint.", "Microsoft.EntityFrameworkCore." })
        {
            lines.ShouldContain(line => line.StartsWith(part, StringComparison.Ordinal), $"silence proves nothing: {part}");
        }

        _secrets.Count.ShouldBeGreaterThan(10);
        foreach (var (what, secret) in _secrets)
        {
            lines.Where(line => line.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty($"the {what} was written to the log");
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _talkative.Dispose();
        _host.Dispose();
        _log.Dispose();
    }

    private async Task<string> RegisterAsync()
    {
        using var answer = await _http.PostAsJsonAsync("/register", new
        {
            client_name = "Watched",
            redirect_uris = new[] { Authorizing.Callback },
            grant_types = global::AuthCore.Protocol.GrantTypes.SelfRegistrable,
            token_endpoint_auth_method = "client_secret_post",
        });
        var client = await answer.JsonAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, client.ToString());
        _secrets["client secret"] = client.GetProperty("client_secret").GetString()!;
        return client.GetProperty("client_id").GetString()!;
    }

    /// <summary>Signs in and allows, as a browser without a script does.</summary>
    private async Task<string> AllowAsync(string clientId)
    {
        var login = (await _http.GetAsync(Authorizing.AuthorizeUrl(("client_id", clientId), ("scope", "read:secret")))).Headers.Location!;
        var signedIn = await SubmitAsync(login, new("email", ConsoleHost.Email), new("password", ConsoleHost.Password));
        var consent = new Uri(_http.BaseAddress!, signedIn.Headers.Location!);
        var sentBack = await SubmitAsync(consent, new("scope", "read:secret"), new("decision", "allow"));
        var code = QueryHelpers.ParseQuery(sentBack.Headers.Location!.Query)["code"].ToString();
        _secrets["code"] = code;
        _secrets["session cookie"] = signedIn.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("session=", StringComparison.Ordinal)).Split('=', ';')[1];
        return code;
    }

    private async Task<HttpResponseMessage> SubmitAsync(Uri page, params KeyValuePair<string, string>[] fields)
    {
        var html = (await _http.GetStringAsync(page)).Split("<form").Last(form => form.Contains($"name=\"{fields[0].Key}\"", StringComparison.Ordinal));
        var hidden = HiddenField().Matches(html).Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value))).DistinctBy(field => field.Key);
        var action = WebUtility.HtmlDecode(FormAction().Match(html).Groups[1].Value);
        using var form = new FormUrlEncodedContent([.. hidden, .. fields]);
        var answer = await _http.PostAsync(action.Length > 0 ? new Uri(new Uri(_http.BaseAddress!, page), action) : page, form);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther, html);
        return answer;
    }

    private Task<HttpResponseMessage> RedeemCodeAsync(string clientId) => PostAsync(
        "/token", clientId, ("grant_type", "authorization_code"), ("code", _secrets["code"]), ("redirect_uri", Authorizing.Callback), ("code_verifier", Authorizing.Verifier));

    private async Task<Tokens> RedeemAsync(string clientId, string code)
    {
        code.ShouldNotBeEmpty();
        _secrets["code verifier"] = Authorizing.Verifier;
        return await TokensAsync(await RedeemCodeAsync(clientId), "first");
    }

    private Task<HttpResponseMessage> RefreshAsync(string clientId, string refreshToken) =>
        PostAsync("/token", clientId, ("grant_type", "refresh_token"), ("refresh_token", refreshToken));

    private Task<HttpResponseMessage> PostAsync(string path, string clientId, params (string Name, string Value)[] form) => _http.PostAsync(path, new FormUrlEncodedContent(
        [new("client_id", clientId), new("client_secret", _secrets["client secret"]), .. form.Select(field => KeyValuePair.Create(field.Name, field.Value))]));

    private async Task<Tokens> TokensAsync(HttpResponseMessage answer, string which)
    {
        var tokens = await answer.TokensAsync();
        _secrets[$"{which} access token"] = tokens.Access;
        _secrets[$"{which} access token's signature"] = tokens.Access.Split('.')[2];
        _secrets[$"{which} refresh token"] = tokens.Refresh!;
        return tokens;
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, string error) => (await answer.ErrorAsync()).ShouldBe(error);

    private async Task CallAsync(string accessToken, string tool)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        request.Content = JsonContent.Create(new { jsonrpc = "2.0", id = 1, method = "tools/call", @params = new { name = tool, arguments = new { } } });
        (await _http.SendAsync(request)).Dispose();
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)""")]
    private static partial Regex HiddenField();

    [GeneratedRegex("""^[^>]* action="([^"]*)""")]
    private static partial Regex FormAction();
}
