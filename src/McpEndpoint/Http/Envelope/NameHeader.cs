using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http.Envelope;

/// <summary><c>Mcp-Name</c> repeats the name of the tool or prompt, or the URI of the resource.</summary>
internal static class NameHeader
{
    public static Refusal? Check(MessageEnvelope envelope)
    {
        var member = envelope.Method switch
        {
            RequestMethods.ToolsCall or RequestMethods.PromptsGet => "name",
            RequestMethods.ResourcesRead => "uri",
            _ => null,
        };
        if (!envelope.IsModern || member is null)
        {
            return null;
        }

        if (MessageEnvelope.Text(envelope.Params?[member]) is not { } name)
        {
            return Refusal.BadRequest(McpErrorCode.InvalidParams, $"params.{member} must be a string.");
        }

        // ToString joins repeated headers by a comma, which then equals no name.
        return envelope.Headers.TryGetValue(McpHeaders.Name, out var header) && McpHeaderEncoder.DecodeValue(header.ToString()) == name
            ? null
            : Refusal.BadRequest(McpErrorCode.HeaderMismatch, $"The header {McpHeaders.Name} must be present and equal to params.{member}.");
    }
}
