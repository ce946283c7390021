using System.Net;
using System.Text.Json.Nodes;
using McpEndpoint.Tools;
using ModelContextProtocol.Server;
using UnitTests.McpEndpoint.TestKit;

namespace UnitTests.McpEndpoint.Http.Envelope;

public sealed class EnvelopeChecksTests : IAsyncLifetime
{
    private const int HeaderMismatch = -32020;
    private const int UnsupportedVersion = -32022;
    private const int InvalidParams = -32602;
    private const int MethodNotFound = -32601;

    private McpHost _host = null!;

    public async Task InitializeAsync() => _host = await McpHost.StartAsync(services => services.AddMcpTool(
        new ToolDefinition("weather", ToolAccess.Public, ToolRisk.Read, "Says how the weather is."),
        ([McpHeader("Region")] string? region, [McpHeader("Days")] int? days) => $"Fine in {region} for {days} days."));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_complete_modern_request_is_answered_with_what_the_revision_asks_for()
    {
        var reply = await _host.ModernAsync("tools/list");

        reply.Status.ShouldBe(HttpStatusCode.OK);
        ((string?)reply.Result!["resultType"]).ShouldBe("complete");
        ((string?)reply.Result["cacheScope"]).ShouldBe("private");
        reply.Result["ttlMs"].ShouldNotBeNull();
        reply.Result["tools"]!.AsArray().Select(tool => (string)tool!["name"]!).ShouldBe(
            ["about", "book_slot", "confirm_request", "get_secret", "list_slots", "revoke_auth_token", "weather", "whoami"]);
    }

    [Fact]
    public async Task Discovery_offers_the_version_that_errors_offer()
    {
        var discovered = await _host.ModernAsync("server/discover");
        var refused = await _host.SendAsync(
            ModernCalls.Body("tools/list").ToJsonString().Replace("2026-07-28", "2099-01-01", StringComparison.Ordinal), null,
            ("MCP-Protocol-Version", "2099-01-01"), ("Mcp-Method", "tools/list"));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.ErrorCode.ShouldBe(UnsupportedVersion);
        ((string?)refused.Json!["id"]).ShouldBe("a");
        ((string?)refused.Json["error"]!["data"]!["requested"]).ShouldBe("2099-01-01");
        refused.Json["error"]!["data"]!["supported"]!.ToJsonString().ShouldBe(discovered.Result!["supportedVersions"]!.ToJsonString());
    }

    [Fact]
    public async Task An_unknown_version_of_an_older_client_is_refused_too()
    {
        var reply = await _host.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", null, ("MCP-Protocol-Version", "1999-01-01"));

        reply.Status.ShouldBe(HttpStatusCode.BadRequest);
        reply.ErrorCode.ShouldBe(UnsupportedVersion);
    }

    [Theory]
    [InlineData("MCP-Protocol-Version")]
    [InlineData("Mcp-Method")]
    [InlineData("Mcp-Name")]
    public async Task A_required_header_that_is_missing_or_says_something_else_is_a_mismatch(string header)
    {
        (string Name, string Value)[] all = [("MCP-Protocol-Version", ModernCalls.Version), ("Mcp-Method", "tools/call"), ("Mcp-Name", "about")];
        var body = ModernCalls.Body("tools/call", new() { ["name"] = "about" }).ToJsonString();
        var other = header == "MCP-Protocol-Version" ? "2025-11-25" : "other";

        var missing = await _host.SendAsync(body, null, [.. all.Where(pair => pair.Name != header)]);
        var different = await _host.SendAsync(body, null, [.. all.Select(pair => pair.Name == header ? (header, other) : pair)]);
        var complete = await _host.SendAsync(body, null, all);

        missing.ErrorCode.ShouldBe(HeaderMismatch);
        missing.Status.ShouldBe(HttpStatusCode.BadRequest);
        different.ErrorCode.ShouldBe(HeaderMismatch);
        complete.Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("io.modelcontextprotocol/protocolVersion")]
    [InlineData("io.modelcontextprotocol/clientCapabilities")]
    public async Task A_missing_member_of_meta_is_an_invalid_parameter(string member)
    {
        var body = ModernCalls.Body("tools/list");
        body["params"]!["_meta"]!.AsObject().Remove(member);

        var reply = await _host.SendAsync(body.ToJsonString(), null, ("MCP-Protocol-Version", ModernCalls.Version), ("Mcp-Method", "tools/list"));

        reply.Status.ShouldBe(HttpStatusCode.BadRequest);
        reply.ErrorCode.ShouldBe(InvalidParams);
    }

    [Theory]
    [InlineData("initialize")]
    [InlineData("ping")]
    [InlineData("logging/setLevel")]
    [InlineData("resources/subscribe")]
    [InlineData("resources/unsubscribe")]
    [InlineData("no/such/method")]
    public async Task What_the_modern_revision_lacks_is_not_found(string method)
    {
        var reply = await _host.ModernAsync(method);

        reply.Status.ShouldBe(HttpStatusCode.NotFound);
        reply.ErrorCode.ShouldBe(MethodNotFound);
    }

    [Theory]
    [InlineData("2025-06-18", "2025-06-18", null)]
    [InlineData(null, "2025-06-18", null)]
    [InlineData("2025-11-25", "2025-06-18", HeaderMismatch)]
    public async Task The_handshake_agrees_with_its_header(string? header, string body, int? error)
    {
        var message = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = "initialize",
            ["params"] = new JsonObject
            {
                ["protocolVersion"] = body,
                ["capabilities"] = new JsonObject(),
                ["clientInfo"] = new JsonObject { ["name"] = "t", ["version"] = "1" },
            },
        };

        var reply = await _host.SendAsync(message.ToJsonString(), null, header is null ? [] : [("MCP-Protocol-Version", header)]);

        reply.ErrorCode.ShouldBe(error);
        if (error is null)
        {
            ((string?)reply.Result!["protocolVersion"]).ShouldBe(body);
        }
    }

    [Theory]
    [InlineData("2026-07-28")]
    [InlineData("2099-01-01")]
    [InlineData("1")]
    public async Task A_handshake_for_a_version_without_one_is_offered_the_newest_that_has_one(string asked)
    {
        var parameters = new JsonObject { ["protocolVersion"] = asked, ["capabilities"] = new JsonObject(), ["clientInfo"] = new JsonObject { ["name"] = "t", ["version"] = "1" } };
        var reply = await _host.SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = "initialize", ["params"] = parameters }.ToJsonString());

        ((string?)reply.Result!["protocolVersion"]).ShouldBe("2025-11-25");
        reply.Result["capabilities"]!.AsObject().Select(capability => capability.Key).ShouldBe(["tools"], "nothing is declared that is not served");
    }

    [Theory]
    [InlineData("""{"name":"weather","arguments":"all"}""")]
    [InlineData("""{"name":5}""")]
    [InlineData("""{"name":"weather","_meta":{"progressToken":{}}}""")]
    public async Task Parameters_of_another_shape_are_the_callers_mistake(string parameters)
    {
        var reply = await _host.SendAsync($$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{parameters}}}""", null, ("MCP-Protocol-Version", "2025-11-25"));

        reply.ErrorCode.ShouldBe(InvalidParams);
    }

    [Fact]
    public async Task A_method_header_alone_does_not_make_a_request_modern()
    {
        var reply = await _host.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", null, ("Mcp-Method", "tools/list"));

        reply.Status.ShouldBe(HttpStatusCode.OK);
        reply.Result!.AsObject().Select(member => member.Key).ShouldBe(["tools"]);
    }

    [Theory]
    [InlineData("Z", "5", "Z", 5, true)]
    [InlineData("=?base64?WsO8cmljaA==?=", "5", "Zürich", 5, true)]
    [InlineData("Z", "5.0", "Z", 5, true)]
    [InlineData("Z", "6", "Z", 5, false)]
    [InlineData("other", "5", "Z", 5, false)]
    [InlineData("=?base64?%%%?=", "5", "Z", 5, false)]
    [InlineData(null, "5", "Z", 5, false)]
    public async Task Arguments_that_are_repeated_in_headers_agree(string? regionHeader, string daysHeader, string region, int days, bool agree)
    {
        var body = ModernCalls.Body("tools/call", new() { ["name"] = "weather", ["arguments"] = new JsonObject { ["region"] = region, ["days"] = days } });
        (string, string)[] headers =
        [
            ("MCP-Protocol-Version", ModernCalls.Version), ("Mcp-Method", "tools/call"), ("Mcp-Name", "weather"), ("Mcp-Param-Days", daysHeader),
            .. regionHeader is null ? [] : new[] { ("Mcp-Param-Region", regionHeader) },
        ];

        var reply = await _host.SendAsync(body.ToJsonString(), null, headers);

        reply.ErrorCode.ShouldBe(agree ? null : HeaderMismatch);
    }

    [Fact]
    public async Task A_notification_is_accepted_without_a_body()
    {
        var reply = await _host.SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", null, ("MCP-Protocol-Version", "2025-11-25"));

        reply.Status.ShouldBe(HttpStatusCode.Accepted);
        reply.Raw.ShouldBeEmpty();
    }
}
