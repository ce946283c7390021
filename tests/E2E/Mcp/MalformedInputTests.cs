using System.Net;
using McpAuthConsole.E2ETests.Host;

namespace McpAuthConsole.E2ETests.Mcp;

/// <summary>Whatever is wrong with a request is answered as the caller's mistake, in the words of the protocol that it meant to speak.</summary>
public sealed class MalformedInputTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const int InvalidParams = -32602;
    private const int MethodNotFound = -32601;
    private const string Client = "\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}";

    private readonly RunningHost _host = shared.Host;

    [Theory]
    [InlineData("initialize", "{\"protocolVersion\":5,\"capabilities\":{}," + Client + "}")]
    [InlineData("initialize", "{\"protocolVersion\":null,\"capabilities\":{}," + Client + "}")]
    [InlineData("initialize", "{\"capabilities\":{}," + Client + "}")]
    [InlineData("initialize", "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}")]
    [InlineData("initialize", "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":null}")]
    [InlineData("initialize", "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":\"x\"," + Client + "}")]
    [InlineData("initialize", "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":[]," + Client + "}")]
    [InlineData("initialize", "[]")]
    [InlineData("initialize", "\"x\"")]
    [InlineData("initialize", "{}")]
    [InlineData("initialize", null)]
    [InlineData("ping", "{\"_meta\":5}")]
    [InlineData("logging/setLevel", "{\"level\":\"loud\"}")]
    [InlineData("tools/list", "{\"cursor\":5}")]
    [InlineData("tools/list", "{\"cursor\":\"never-given\"}")]
    [InlineData("tools/list", "[1]")]
    [InlineData("tools/call", "[1]")]
    [InlineData("tools/call", "{}")]
    [InlineData("tools/call", null)]
    [InlineData("tools/call", "{\"name\":5}")]
    [InlineData("tools/call", "{\"name\":null}")]
    [InlineData("tools/call", "{\"name\":\"no_such_tool\"}")]
    [InlineData("tools/call", "{\"name\":\"about\",\"arguments\":\"x\"}")]
    [InlineData("tools/call", "{\"name\":\"about\",\"_meta\":\"x\"}")]
    [InlineData("tools/call", "{\"name\":\"about\",\"_meta\":{\"progressToken\":{}}}")]
    [InlineData("tools/call", "{\"name\":\"about\",\"inputResponses\":5}")]
    public async Task Parameters_of_the_wrong_shape_are_invalid(string method, string? parameters)
    {
        var answer = await _host.PostMcpAsync(McpWire.Request(method, parameters));

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.ErrorCode.ShouldBe(InvalidParams);
        ((string?)answer.Json!["id"]).ShouldBe("the-id");
    }

    [Theory]
    [InlineData("subscriptions/listen", "{}")]
    [InlineData("subscriptions/listen", "{\"notifications\":null}")]
    [InlineData("tools/list", "{\"cursor\":5}")]
    [InlineData("tools/list", "{\"_meta\":{\"io.modelcontextprotocol/clientInfo\":5}}")]
    [InlineData("tools/list", "{\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":5}}}")]
    [InlineData("tools/list", "{\"_meta\":{\"io.modelcontextprotocol/logLevel\":\"loud\"}}")]
    public async Task So_they_are_without_a_handshake_and_with_a_status_that_says_so(string method, string parameters)
    {
        var answer = await _host.PostModernAsync(method, parameters);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.ErrorCode.ShouldBe(InvalidParams);
        ((string?)answer.Json!["id"]).ShouldBe("the-id");
    }

    [Fact]
    public async Task A_method_that_is_not_served_is_not_found_in_the_way_of_either_era()
    {
        var legacy = await _host.PostMcpAsync(McpWire.Request("prompts/list"));
        var modern = await _host.PostModernAsync("prompts/list", "{}");

        (legacy.Status, legacy.ErrorCode).ShouldBe((HttpStatusCode.OK, MethodNotFound));
        (modern.Status, modern.ErrorCode).ShouldBe((HttpStatusCode.NotFound, MethodNotFound));
        ((string?)legacy.Json!["id"]).ShouldBe("the-id");
    }

    [Theory]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2099-01-01", "2025-11-25")]
    [InlineData("2026-07-28", "2025-11-25")]
    [InlineData("garbage", "2025-11-25")]
    public async Task A_handshake_for_an_unknown_version_is_offered_one_that_is_spoken(string asked, string offered)
    {
        var answer = await _host.PostMcpAsync(McpWire.Request("initialize", $"{{\"protocolVersion\":\"{asked}\",\"capabilities\":{{}},{Client}}}"));

        answer.Status.ShouldBe(HttpStatusCode.OK);
        ((string?)answer.Result!["protocolVersion"]).ShouldBe(offered);
        answer.Result["capabilities"]!.AsObject().Select(capability => capability.Key).ShouldBe(["tools"]);
    }

    [Fact]
    public async Task Discovery_declares_no_logging_either() =>
        (await _host.PostModernAsync("server/discover", "{}")).Result!["capabilities"]!.AsObject().Select(capability => capability.Key).ShouldBe(["tools"]);

    [Theory]
    [InlineData("/mcp", "application/json; charset=utf-16", "415")]
    [InlineData("/register", "application/json; charset=utf-16", "400")]
    [InlineData("/token", "application/x-www-form-urlencoded; charset=utf-16", "400")]
    public async Task Nothing_but_utf_8_is_read(string path, string mediaType, string status) =>
        (await _host.SendRawAsync($"POST {path} HTTP/1.1\r\nHost: localhost:{_host.Origin.Port}\r\nContent-Type: {mediaType}\r\nAccept: application/json, text/event-stream\r\nContent-Length: 2\r\n\r\n{{}}"))
            .ShouldNotBeNull().ShouldStartWith($"HTTP/1.1 {status} ");

    [Theory]
    [InlineData("/mcp", "application/json")]
    [InlineData("/register", "application/json")]
    [InlineData("/token", "application/x-www-form-urlencoded")]
    [InlineData("/authorize", "application/x-www-form-urlencoded")]
    [InlineData("/revoke", "application/x-www-form-urlencoded")]
    [InlineData("/introspect", "application/x-www-form-urlencoded")]
    [InlineData("/account/login", "application/x-www-form-urlencoded")]
    [InlineData("/consent", "application/x-www-form-urlencoded")]
    [InlineData("/setup", "application/x-www-form-urlencoded")]
    public async Task A_body_that_is_framed_impossibly_is_a_bad_request(string path, string mediaType)
    {
        foreach (var size in new[] { "FFFFFFFFFFFFFFFF", "-1", "zz" })
        {
            var status = await _host.SendRawAsync(
                $"POST {path} HTTP/1.1\r\nHost: localhost:{_host.Origin.Port}\r\nContent-Type: {mediaType}\r\nAccept: application/json, text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\n");

            status.ShouldNotBeNull().ShouldStartWith("HTTP/1.1 400 ");
        }
    }
}
