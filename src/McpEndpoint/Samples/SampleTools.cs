using McpEndpoint.Confirmation;
using McpEndpoint.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace McpEndpoint.Samples;

/// <summary>Tools that show every kind of access, and give a test something to count. Not for production.</summary>
internal static class SampleTools
{
    public static IServiceCollection AddSampleTools(this IServiceCollection services)
    {
        foreach (var scope in SampleScopes.All)
        {
            services.AddSingleton(scope);
        }

        return services
            .AddSingleton<SlotSeeds>()
            .AddMcpTool(About.Definition, About.Describe, structured: true)
            .AddMcpTool(WhoAmI.Definition, WhoAmI.AnswerAsync, structured: true)
            .AddMcpTool(GetSecret.Definition, GetSecret.Answer)
            .AddMcpTool(RevokeAuthToken.Definition, RevokeAuthToken.RevokeAsync)
            .AddMcpTool(ListSlots.Definition, ListSlots.AnswerAsync, structured: true)
            .AddMcpTool<BookSlot>();
    }
}
