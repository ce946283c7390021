using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using McpEndpoint.Tools;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using UnitTests.McpEndpoint.TestKit;

namespace UnitTests.McpEndpoint.Tools;

public sealed class ToolGuardTests : IAsyncLifetime
{
    private McpHost _host = null!;

    public async Task InitializeAsync() => _host = await McpHost.StartAsync(services => services
        .AddMcpTool(new("fails", ToolAccess.Public, ToolRisk.Read, "Fails."), string () => throw new InvalidOperationException("password=hunter2"))
        .AddMcpTool(new("explains", ToolAccess.Public, ToolRisk.Read, "Explains."), string () => throw new McpException("The city is not known."))
        .AddMcpTool(new("busy", ToolAccess.Public, ToolRisk.Read, "Is busy."), string () => throw new StorageBusyException("queue of 4096"))
        .AddMcpTool(new("finds", ToolAccess.Public, ToolRisk.Read, "Finds."), (Query query) => $"{query.Text} {query.Color} {string.Concat(query.Deeper?.Select(deeper => deeper.Text) ?? [])}")
        .AddMcpTool(new("adds", ToolAccess.Public, ToolRisk.Read, "Adds."), (int a, int b) => a + b)
        .AddMcpTool(new("greets", ToolAccess.SignedIn, ToolRisk.Read, "Greets."), (AccessGrant grant, string greeting) => $"{greeting}, {grant.UserId}"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_failing_tool_says_a_reference_and_nothing_else()
    {
        var reply = await _host.CallAsync("fails");

        reply.IsToolError.ShouldBeTrue();
        reply.Text.ShouldNotBeNull().ShouldMatch("^The tool failed. Reference: [^ ]+\\.$");
        reply.Raw.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_tool_can_explain_itself_to_the_caller() => (await _host.CallAsync("explains")).Raw.ShouldContain("The city is not known.");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_busy_storage_is_answered_with_a_time_to_come_back(bool modern)
    {
        var reply = modern ? await _host.ModernAsync("tools/call", new() { ["name"] = "busy" }) : await _host.CallAsync("busy");

        reply.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        reply.RetryAfter.ShouldBe("2");
        reply.Raw.ShouldNotContain("4096");
    }

    [Theory]
    [InlineData("adds", """{"a":1}""", "'b' is required; expected integer from -2147483648 to 2147483647")]
    [InlineData("adds", """{"a":1,"b":"two"}""", "'b' must be integer from -2147483648 to 2147483647, but was a string")]
    [InlineData("adds", """{"a":1,"b":2.5}""", "'b' must be integer from -2147483648 to 2147483647, but was the number 2.5")]
    [InlineData("adds", """{"a":1,"b":1e20}""", "'b' must be integer from -2147483648 to 2147483647, but was the number 1e20")]
    [InlineData("adds", """{"a":1,"b":1.0}""", "'b' could not be read")]
    [InlineData("adds", """{"a":1,"b":null}""", "'b' must be integer from -2147483648 to 2147483647, but was null")]
    [InlineData("adds", """{}""", "'a' is required")]
    [InlineData("finds", """{"query":{}}""", "'query.text' is required; expected string (What to look for)")]
    [InlineData("finds", """{"query":{"text":null}}""", "'query.text' must be string (What to look for), but was null")]
    [InlineData("finds", """{"query":{"text":5}}""", "'query.text' must be string (What to look for), but was the number 5")]
    [InlineData("finds", """{"query":{"text":"a","color":"blue"}}""", "'query.color' must be one of \"Red\", \"Green\"")]
    [InlineData("finds", """{"query":{"text":"a","deeper":[{"text":7}]}}""", "'query.deeper[0].text' must be")]
    [InlineData("finds", """{"query":{"text":"a","deeper":[{"text":null}]}}""", "'query.deeper[0].text' ")]
    [InlineData("finds", """{"query":{"text":"a","day":"someday"}}""", "'query.day' could not be read; expected string or null")]
    [InlineData("finds", """{"query":"text"}""", "'query' must be object, but was a string")]
    public async Task Wrong_arguments_come_back_as_a_result_that_a_model_can_act_on(string tool, string arguments, string problem)
    {
        var reply = await _host.CallAsync(tool, JsonNode.Parse(arguments)!.AsObject());

        reply.ErrorCode.ShouldBeNull();
        reply.IsToolError.ShouldBeTrue();
        reply.Text.ShouldNotBeNull().ShouldContain(problem);
        reply.Text.ShouldEndWith($"Call {tool} again with that corrected.");
    }

    [Fact]
    public async Task Right_arguments_reach_the_tool_as_they_are()
    {
        var reply = await _host.CallAsync("finds", JsonNode.Parse("""{"query":{"text":"a","color":"Green","deeper":[{"text":"b"}],"more":1},"unheard":1}""")!.AsObject());

        reply.Text.ShouldBe("a Green b");
    }

    [Fact]
    public async Task A_call_that_went_round_the_gate_is_refused_all_the_same()
    {
        var guard = _host.Services.GetRequiredService<ToolGuard>();
        var tool = _host.Services.GetRequiredService<ToolCatalog>().Find("greets")!.Tool;
        await using var scope = _host.Services.CreateAsyncScope();
        await using var server = McpServer.Create(new StreamableHttpServerTransport(), new McpServerOptions(), null, scope.ServiceProvider);
        var request = new RequestContext<CallToolRequestParams>(
            server, new JsonRpcRequest { Method = "tools/call" }, new CallToolRequestParams { Name = "greets", Arguments = new Dictionary<string, JsonElement> { ["greeting"] = JsonElement.Parse("\"Hello\"") } })
        {
            MatchedPrimitive = tool,
            Services = scope.ServiceProvider,
        };
        var ran = false;

        var call = guard.Around((_, _) =>
        {
            ran = true;
            return ValueTask.FromResult(new CallToolResult());
        });

        (await Should.ThrowAsync<McpProtocolException>(async () => await call(request, CancellationToken.None))).ErrorCode.ShouldBe(McpErrorCode.InvalidRequest);
        ran.ShouldBeFalse();
    }

    [Fact]
    public async Task A_tool_gets_the_grant_and_its_arguments_by_their_types()
    {
        var schema = (await _host.LegacyAsync("tools/list")).Result!["tools"]!.AsArray().Single(tool => (string?)tool!["name"] == "greets")!["inputSchema"]!;
        var reply = await _host.CallAsync("greets", new() { ["greeting"] = "Hello" }, _host.Tokens.Issue());

        schema["properties"]!.AsObject().Select(property => property.Key).ShouldBe(["greeting"]);
        reply.Text.ShouldBe("Hello, user-1");
    }

    [Fact]
    public async Task An_unknown_tool_is_an_invalid_parameter()
    {
        var reply = await _host.CallAsync("nothing");

        reply.ErrorCode.ShouldBe(-32602);
    }

    internal enum Color
    {
        Red,
        Green,
    }

    internal sealed record Query(
        [property: System.ComponentModel.Description("What to look for.")] string Text,
        [property: System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<Color>))] Color Color = Color.Red,
        IReadOnlyList<Query>? Deeper = null,
        DateOnly? Day = null);
}
