using AuthCore.Storage.Facts;
using Microsoft.Extensions.Logging;

namespace McpEndpoint.Confirmation;

/// <summary>What the log says of confirmed actions.</summary>
internal sealed class ActionLog(ILogger<ActionLog> logger) : IFactProjection
{
    public void Apply(RecordedFact recorded)
    {
        if (recorded.Fact is ActionFinished finished)
        {
            Log.ActionFinished(logger, finished.Tool, finished.Reference, finished.Name);
        }
    }
}
