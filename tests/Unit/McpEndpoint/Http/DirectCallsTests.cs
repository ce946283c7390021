using System.Text.Json.Nodes;
using McpEndpoint.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using UnitTests.McpEndpoint.TestKit;

namespace UnitTests.McpEndpoint.Http;

/// <summary>Every tool is there twice: once as it is, which is called directly, and once with a parameter that only a server of the SDK can give.</summary>
public sealed class DirectCallsTests : IAsyncLifetime
{
    private static readonly CallToolResult Kept = new() { Content = [new TextContentBlock { Text = "kept <ö>" }], Meta = new JsonObject { ["own"] = 1 } };

    public static TheoryData<string, bool> Calls()
    {
        var calls = new TheoryData<string, bool>();
        foreach (var tool in new[] { "text", "number", "object", "kept", "refuses", "unfit", "asks" })
        {
            calls.Add(tool, false);
            calls.Add(tool, true);
        }

        return calls;
    }

    private McpHost _host = null!;
    private int _runs;

    public async Task InitializeAsync() => _host = await McpHost.StartAsync(services => services
        .AddMcpTool(Tool("text"), () => "says <b>ö</b>\n\r\"")
        .AddMcpTool(Tool("text_by_sdk"), (McpServer _) => "says <b>ö</b>\n\r\"")
        .AddMcpTool(Tool("number"), (int a) => a + 1, structured: true)
        .AddMcpTool(Tool("number_by_sdk"), (int a, RequestContext<CallToolRequestParams> _) => a + 1, structured: true)
        .AddMcpTool(Tool("object"), () => new Answer("x", null), structured: true)
        .AddMcpTool(Tool("object_by_sdk"), (IProgress<ProgressNotificationValue> _) => new Answer("x", null), structured: true)
        .AddMcpTool(Tool("kept"), () => Kept)
        .AddMcpTool(Tool("kept_by_sdk"), (McpServer _) => new CallToolResult { Content = Kept.Content, Meta = Kept.Meta!.DeepClone().AsObject() })
        .AddMcpTool(Tool("refuses"), string () => throw Refusal())
        .AddMcpTool(Tool("refuses_by_sdk"), string (McpServer _) => throw Refusal())
        .AddMcpTool(Tool("unfit"), string () => throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Elicitation = new() }))
        .AddMcpTool(Tool("unfit_by_sdk"), string (McpServer _) => throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Elicitation = new() }))
        .AddMcpTool(Tool("asks"), string () => throw new InputRequiredException(new InputRequiredResult { RequestState = "state" }))
        .AddMcpTool(Tool("asks_by_sdk"), string (McpServer _) => throw new InputRequiredException(new InputRequiredResult { RequestState = "state" }))
        .AddMcpTool(Tool("counts"), string () => throw new McpProtocolException($"Run {Interlocked.Increment(ref _runs)}.", McpErrorCode.InvalidRequest))
        .AddMcpTool(Tool("reports"), (IProgress<ProgressNotificationValue> progress) =>
        {
            progress.Report(new ProgressNotificationValue { Progress = 1 });
            return "done";
        }));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task What_a_client_reads_does_not_depend_on_who_calls_the_tool(string tool, bool modern)
    {
        var arguments = tool == "number" ? new JsonObject { ["a"] = 1 } : [];

        var direct = await CallAsync(tool, arguments, modern);
        var bySdk = await CallAsync(tool + "_by_sdk", arguments, modern);

        direct.Status.ShouldBe(bySdk.Status);
        direct.Json!.ToJsonString().ShouldNotContain("null");
        JsonNode.DeepEquals(direct.Json, bySdk.Json).ShouldBeTrue($"{direct.Raw}\n{bySdk.Raw}");
        direct.Raw.Split('\n').Select(line => line.Split(' ')[0]).ShouldBe(bySdk.Raw.Split('\n').Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task A_result_that_a_tool_keeps_is_not_written_to()
    {
        await CallAsync("kept", [], modern: true);

        Kept.ResultType.ShouldBeNull();
        Kept.Meta!.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_tool_that_fails_is_not_called_again_for_the_words()
    {
        (await CallAsync("counts", [], modern: false)).ErrorMessage.ShouldBe("Run 1.");

        _runs.ShouldBe(1);
    }

    [Fact]
    public async Task A_tool_that_reports_progress_can()
    {
        var reply = await _host.LegacyAsync("tools/call", new JsonObject { ["name"] = "reports", ["arguments"] = new JsonObject(), ["_meta"] = new JsonObject { ["progressToken"] = "p" } });

        reply.Text.ShouldBe("done");
        reply.Raw.ShouldContain("notifications/progress");
    }

    private Task<McpReply> CallAsync(string tool, JsonObject arguments, bool modern) => modern
        ? _host.ModernAsync("tools/call", new() { ["name"] = tool, ["arguments"] = arguments.DeepClone() })
        : _host.CallAsync(tool, arguments.DeepClone().AsObject());

    private static ToolDefinition Tool(string name) => new(name, ToolAccess.Public, ToolRisk.Read, "Answers.");

    private static McpProtocolException Refusal()
    {
        var refusal = new McpProtocolException("Not now.", McpErrorCode.InvalidParams);
        refusal.Data["why"] = "because";
        return refusal;
    }

    internal sealed record Answer(string Text, string? Nothing);
}
