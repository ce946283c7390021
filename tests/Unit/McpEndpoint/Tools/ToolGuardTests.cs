using System.Net;
using System.Text.Json.Nodes;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using McpEndpoint.Tools;
using ModelContextProtocol;
using UnitTests.McpEndpoint.TestKit;

namespace UnitTests.McpEndpoint.Tools;

public sealed class ToolGuardTests : IAsyncLifetime
{
    private McpHost _host = null!;

    public async Task InitializeAsync() => _host = await McpHost.StartAsync(services => services
        .AddMcpTool(new("fails", ToolAccess.Public, ToolRisk.Read, "Fails."), string () => throw new InvalidOperationException("password=hunter2"))
        .AddMcpTool(new("explains", ToolAccess.Public, ToolRisk.Read, "Explains."), string () => throw new McpException("The city is not known."))
        .AddMcpTool(new("busy", ToolAccess.Public, ToolRisk.Read, "Is busy."), string () => throw new StorageBusyException("queue of 4096"))
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
    [InlineData("""{"a":1}""", "'b' is required")]
    [InlineData("""{"a":1,"b":"two"}""", "'b' must be of type integer")]
    [InlineData("""{"a":1,"b":2.5}""", "'b' must be of type integer")]
    [InlineData("""{}""", "'a' is required")]
    public async Task Wrong_arguments_are_named(string arguments, string problem)
    {
        var reply = await _host.CallAsync("adds", JsonNode.Parse(arguments)!.AsObject());

        reply.ErrorCode.ShouldBe(-32602);
        reply.ErrorMessage.ShouldNotBeNull().ShouldContain(problem);
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
}
