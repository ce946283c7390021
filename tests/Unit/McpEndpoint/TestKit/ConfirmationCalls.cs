using System.Text.Json.Nodes;
using McpEndpoint.Confirmation;
using Microsoft.Extensions.DependencyInjection;

namespace UnitTests.McpEndpoint.TestKit;

/// <summary>Preview and confirm, as a client does it.</summary>
internal static class ConfirmationCalls
{
    public static Task<McpHost> StartWithActionsAsync() => McpHost.StartAsync(services => services
        .AddSingleton<ActionScript>()
        .AddMcpTool<TransactionalAction>()
        .AddMcpTool<ExternalAction>());

    public static ActionScript Script(this McpHost host) => host.Services.GetRequiredService<ActionScript>();

    public static async Task<string> PrepareAsync(this McpHost host, string tool, string? token = null)
    {
        var preview = await host.CallAsync(tool, new() { ["what"] = "it" }, token ?? host.Tokens.Issue("write"));
        return (string)preview.Structured!["confirmationToken"]!;
    }

    public static Task<McpReply> ConfirmAsync(this McpHost host, string confirmation, string? key = null, string? token = null)
    {
        var arguments = new JsonObject { ["confirmationToken"] = confirmation };
        if (key is not null)
        {
            arguments["idempotencyKey"] = key;
        }

        return host.CallAsync("confirm_request", arguments, token ?? host.Tokens.Issue("write"));
    }
}
