using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpAuthConsole.E2ETests.Clients;

/// <summary>A real MCP client: one of the published packages, driven from here. Nothing that it sends is made by hand.</summary>
internal sealed class McpClient : IAsyncDisposable
{
    private readonly DriverProcess _driver;
    private readonly Uri _endpoint;

    public McpClient(McpClientKind kind, string name, Uri endpoint)
    {
        Name = name;
        _endpoint = endpoint;
        _driver = new DriverProcess(kind switch
        {
            McpClientKind.SdkV1 => "sdk-v1.mjs",
            McpClientKind.ClientV2 => "client-v2.mjs",
        });
    }

    public string Name { get; }

    /// <summary>Connects and returns the protocol revision agreed on.</summary>
    public async Task<string?> ConnectAsync()
    {
        var connected = await _driver.SendAsync("connect", new JsonObject { ["url"] = _endpoint.AbsoluteUri, ["clientName"] = Name });
        return connected.GetProperty("protocolVersion").GetString();
    }

    public async Task<IReadOnlyList<string>> ListToolsAsync() =>
        (await _driver.SendAsync("listTools")).Deserialize<List<string>>()!;

    public async Task<ToolResult> CallToolAsync(string tool, JsonObject? arguments = null) =>
        new(await _driver.SendAsync("callTool", new JsonObject { ["name"] = tool, ["arguments"] = arguments }));

    /// <summary>Calls a tool that is expected to need the user, and returns where the SDK sends the browser.</summary>
    public async Task<Uri> CallToolNeedingTheUserAsync(string tool, JsonObject? arguments = null)
    {
        try
        {
            var result = await CallToolAsync(tool, arguments);
            throw new InvalidOperationException($"`{tool}` was answered without authorization: {result}");
        }
        catch (McpClientException unauthorized) when (unauthorized is { IsUnauthorized: true, AuthorizationUrl: not null })
        {
            return unauthorized.AuthorizationUrl;
        }
    }

    /// <summary>Runs the SDK's own authorization: a refresh while there is a refresh token. Returns the address for the browser when it needs the user.</summary>
    public async Task<Uri?> AuthorizeAsync(string? scope = null)
    {
        var answer = await _driver.SendAsync("authorize", scope is null ? null : new JsonObject { ["scope"] = scope });
        return answer.GetProperty("outcome").GetString() == "AUTHORIZED" ? null : new Uri(answer.GetProperty("authorizationUrl").GetString()!);
    }

    /// <summary>Awaits the browser's return to the loopback listener, lets the SDK redeem the code, and returns what came in the query.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FinishAuthorizationAsync() =>
        (await _driver.SendAsync("finishAuthorization")).Deserialize<Dictionary<string, string>>()!;

    /// <summary>Does to the access token what its expiry would: the next request is refused, and the SDK has to refresh.</summary>
    public Task BreakAccessTokenAsync() => _driver.SendAsync("breakAccessToken");

    public Task ForgetTokensAsync() => _driver.SendAsync("forgetTokens");

    public async Task<ClientCredentials> CredentialsAsync() =>
        (await _driver.SendAsync("credentials")).Deserialize<ClientCredentials>(JsonSerializerOptions.Web)!;

    /// <summary>The HTTP exchanges since the last time they were asked for.</summary>
    public async Task<IReadOnlyList<Exchange>> ExchangesAsync() =>
        (await _driver.SendAsync("exchanges")).Deserialize<List<Exchange>>(JsonSerializerOptions.Web)!;

    public ValueTask DisposeAsync() => _driver.DisposeAsync();
}
