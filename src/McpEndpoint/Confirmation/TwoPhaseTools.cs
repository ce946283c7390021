using McpEndpoint.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace McpEndpoint.Confirmation;

/// <summary>How a host adds its own two-phase tools.</summary>
public static class TwoPhaseTools
{
    /// <summary>
    /// Adds a two-phase tool: a call only prepares and answers with a preview; <c>confirm_request</c> executes it, once. The tool is one
    /// instance for all calls.
    /// </summary>
    /// <typeparam name="TTool">Derives from <see cref="TransactionalTool{TInput}"/> or <see cref="ExternalTool{TInput}"/>.</typeparam>
    public static IServiceCollection AddMcpTool<TTool>(this IServiceCollection services)
        where TTool : TwoPhaseTool =>
        services
            .AddSingleton<TTool>()
            .AddSingleton<TwoPhaseTool>(provider => provider.GetRequiredService<TTool>())
            .AddSingleton(provider =>
            {
                var tool = provider.GetRequiredService<TTool>();
                return McpTools.Named(tool.Definition, () => new PreviewTool(tool, provider.GetRequiredService<Confirmations>()));
            });
}
