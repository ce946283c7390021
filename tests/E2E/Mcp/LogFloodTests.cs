using System.Text;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Mcp;

/// <summary>The log belongs to the operator: nobody outside decides how much is in it, or what it looks like.</summary>
public sealed class LogFloodTests
{
    private const int Rounds = 4;
    private const int MostPerRequest = 300;
    private const int LongestLine = 600;
    private const string Forged = "\r\nfail: FORGED[1]\r\n      \u001b[2J\u0000\u202e";
    private const string ForgedInUrl = "%0D%0Afail:%20FORGED%5B1%5D%1B%5B2J%00%E2%80%AE";

    private static readonly string[] Parameters =
        ["grant_type", "client_id", "code", "refresh_token", "token", "email", "password", "scope", "resource", "ticket", "__RequestVerificationToken"];

    [Theory]
    [InlineData("Information")]
    [InlineData("Debug")]
    public async Task Hostile_requests_write_little_and_nothing_that_a_terminal_acts_on(string level)
    {
        var settings = new Dictionary<string, string>(HostOptions.WithoutRateLimits.Settings)
        {
            ["Logging__LogLevel__Default"] = level,
            ["Logging__LogLevel__ModelContextProtocol"] = "Trace",
        };
        await using var host = await RunningHost.StartAsync(HostOptions.Default with { Settings = settings });
        var token = await TokenAsync(host);
        var quiet = host.Output.Length;

        var sent = 0;
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var hostile in HostileRequests(host, token, round))
            {
                try
                {
                    await hostile();
                }
                catch (HttpRequestException)
                {
                    // A body that is too long is not read to its end: the answer comes, and the connection goes.
                }

                sent++;
            }
        }

        await host.StopAsync();
        var written = host.Output[quiet..];
        Encoding.UTF8.GetByteCount(written).ShouldBeLessThan(sent * MostPerRequest);
        written.Split('\n').ShouldAllBe(line => line.Length < LongestLine && !line.StartsWith("fail: FORGED", StringComparison.Ordinal));
        written.ShouldAllBe(c => c == '\n' || !char.IsControl(c));
        written.ShouldNotContain('\u202e');
        // An entry has two lines: where it comes from, and what it says.
        written.Count(c => c == '\n').ShouldBeLessThan((sent * 2) + 100, "one short line each");
        written.ShouldNotContain("   at ", Case.Sensitive, "no mistake of a client is worth a stack trace");
    }

    [Fact]
    public async Task What_the_framework_logs_of_a_request_is_cleaned_too()
    {
        var settings = new Dictionary<string, string> { ["Logging__LogLevel__Microsoft.AspNetCore"] = "Information" };
        await using var host = await RunningHost.StartAsync(HostOptions.Default with { Settings = settings });

        await host.SendRawAsync($"GET /before{ForgedInUrl.Replace("%00", "", StringComparison.Ordinal)}after HTTP/1.1\r\nHost: localhost:{host.Origin.Port}\r\n\r\n");
        await host.StopAsync();

        host.Output.ShouldContain("/before");
        host.Output.ShouldContain("\uFFFD[2J");
        host.Output.ShouldAllBe(c => c == '\n' || !char.IsControl(c));
    }

    private static async Task<string> TokenAsync(RunningHost host)
    {
        using var browser = new FormBrowser(host.Origin);
        using var client = await OAuthClient.RegisterAsync(host, "Clumsy model");
        await browser.SignInAsync(host.At("/account/connections"), Person.Administrator);
        return (await browser.ConnectAsync(client, "write")).AccessToken!;
    }

    private static IEnumerable<Func<Task>> HostileRequests(RunningHost host, string token, int round)
    {
        string[] names = [Forged, round == 0 ? new string('A', 900_000) : "no/such/name", "\\\"{Tool}{0}", "tools/call\n"];
        foreach (var name in names)
        {
            yield return () => host.PostMcpAsync(McpWire.Request(name));
            yield return () => host.PostMcpAsync(McpWire.Request("tools/call", McpJson.Object("name", name)));
            yield return () => host.PostMcpAsync(McpWire.Request("logging/setLevel", McpJson.Object("level", name)));
            yield return () => host.PostMcpAsync(McpWire.Request("tools/list", McpJson.Object("cursor", name)));
            yield return () => host.PostMcpAsync(McpWire.Request("initialize", McpJson.Object("protocolVersion", name)));
            yield return () => host.PostMcpAsync(McpWire.Request("initialize", "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"version\":\"1\",\"name\":" + McpJson.Text(name) + "}}"));
            yield return () => host.PostMcpAsync(McpWire.Request("tools/call", "{\"name\":\"about\",\"_meta\":{\"progressToken\":" + McpJson.Text(name) + "}}"));
            yield return () => host.PostMcpAsync($$"""{"jsonrpc":"2.0","method":{{McpJson.Text(name)}}}""");
            yield return () => host.PostMcpAsync("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1,\"reason\":" + McpJson.Text(name) + "}}");
            yield return () => host.PostMcpAsync("{\"jsonrpc\":\"2.0\",\"result\":{},\"id\":" + McpJson.Text(name) + "}");
            yield return () => host.PostMcpAsync($$"""{"jsonrpc":"2.0","id":{{McpJson.Text(name)}},"method":"nothing"}""");
            yield return () => host.CallToolAsync("book_slot", McpJson.Object(name, name), token);
            yield return () => host.CallToolAsync("confirm_request", McpJson.Object("confirmationToken", name), token);
        }

        yield return () => host.PostModernAsync("no/such/method", "{}");
        yield return () => host.PostModernAsync("tools/call", """{"name":"nothing"}""", ("Mcp-Name", "nothing"));
        yield return () => host.CallToolAsync("book_slot", "{}", token);
        yield return () => host.CallToolAsync("book_slot", "{}", "forged." + new string('x', 4_000) + ".token");
        yield return () => host.PostMcpAsync("{");
        yield return () => host.PostMcpAsync(McpWire.Request("initialize", "[]"));
        foreach (var header in new[] { "User-Agent", "Origin", "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Authorization", "traceparent", "baggage", "X-Forwarded-For", "Content-Type" })
        {
            yield return () => RawAsync(host, "/mcp", "application/json", "{}", $"{header}: \u001b[31m{new string('h', 3_000)}\r\n");
            yield return () => RawAsync(host, "/mcp", "application/json", McpWire.Request("nothing"), $"{header}: {new string('h', 3_000)}\r\n");
        }

        foreach (var (path, mediaType, body) in Forms())
        {
            yield return () => RawAsync(host, path, mediaType, body, "");
            yield return () => RawAsync(host, path, mediaType, body, "Accept: text/html\r\nUser-Agent: \u001b[31m" + new string('u', 3_000) + "\r\n");
            yield return () => RawAsync(host, path, mediaType, body, $"Cookie: forms={new string('c', 300)}; .AspNetCore.Identity.Application={new string('c', 300)}\r\n");
            yield return () => host.SendRawAsync(Head(host, path, mediaType, "") + "Content-Length: 500\r\n\r\n" + body, hangUp: true);
            yield return () => host.SendRawAsync(Head(host, path, mediaType, "") + "Content-Length: 500\r\n\r\na=b", hangUp: true);
            yield return () => host.SendHalfAsync(Head(host, path, mediaType, "") + "Content-Length: 500\r\n\r\na=b");
            yield return () => host.SendRawAsync(Head(host, path, mediaType, "") + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n");
        }

        foreach (var path in new[] { "/authorize", "/account/login", "/consent", "/error", "/admin", "/.well-known/none", "/_blazor", $"/{ForgedInUrl}" })
        {
            yield return () => host.SendRawAsync($"GET {path}?client_id={ForgedInUrl}&ticket={ForgedInUrl}&returnUrl={ForgedInUrl}&x={new string('q', 3_000)} HTTP/1.1\r\nHost: localhost:{host.Origin.Port}\r\nAccept: text/html\r\n\r\n");
        }

        yield return () => host.SendRawAsync("GARBAGE\u001b[2J\r\n\r\n");
        yield return () => host.SendRawAsync($"POST /mcp HTTP/1.1\r\nHost: localhost:{host.Origin.Port}\r\nBad Header\u0001: x\r\n\r\n");
        yield return () => host.SendRawAsync(Head(host, "/mcp", "application/json", "") + "Content-Length: 72\r\n\r\n" + """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"about"}}""", hangUp: true);
    }

    private static IEnumerable<(string Path, string MediaType, string Body)> Forms()
    {
        const string Form = "application/x-www-form-urlencoded";
        var everything = string.Join('&', Parameters.Select(name => $"{name}={ForgedInUrl}"));
        yield return ("/mcp", "application/json", """{"jsonrpc":"2.0","id":1,"method":"\u001b[2J"}""");
        yield return ("/register", "application/json", $$"""{"client_name":{{McpJson.Text(Forged)}},"redirect_uris":[{{McpJson.Text("javascript:" + Forged)}}]}""");
        yield return ("/token", Form, everything);
        yield return ("/token", Form, "grant_type=authorization_code&client_id=x&code=" + new string('c', 5_000));
        yield return ("/revoke", Form, everything);
        yield return ("/introspect", Form, everything);
        yield return ("/authorize", Form, everything);
        yield return ("/account/login", Form, everything);
        yield return ("/account/logout", Form, everything);
        yield return ("/consent", Form, everything);
        yield return ("/setup", Form, everything);
    }

    private static Task RawAsync(RunningHost host, string path, string mediaType, string body, string headers) =>
        host.SendRawAsync($"{Head(host, path, mediaType, headers)}Content-Length: {body.Length}\r\n\r\n{body}");

    private static string Head(RunningHost host, string path, string mediaType, string headers) =>
        $"POST {path} HTTP/1.1\r\nHost: localhost:{host.Origin.Port}\r\n{(headers.StartsWith("Content-Type", StringComparison.Ordinal) ? "" : $"Content-Type: {mediaType}\r\n")}"
        + $"{(headers.StartsWith("Accept", StringComparison.Ordinal) ? "" : "Accept: application/json, text/event-stream\r\n")}{headers}";
}

/// <summary>Strings as JSON.</summary>
internal static class McpJson
{
    public static string Text(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    public static string Object(string name, string value) => $"{{{Text(name)}:{Text(value)}}}";
}
