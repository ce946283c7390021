using McpEndpoint.Http.Envelope;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ModelContextProtocol;

namespace McpEndpoint.Http;

/// <summary>Streamable HTTP, "Sending Messages": JSON comes in, and a client must take both forms of answer.</summary>
internal static class MediaTypeCheck
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue EventStream = new("text/event-stream");

    public static Refusal? Check(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var sent) || !sent.MatchesMediaType(Json.MediaType))
        {
            return new Refusal(StatusCodes.Status415UnsupportedMediaType, McpErrorCode.InvalidRequest, "Content-Type must be application/json.");
        }

        // RFC 8259 §8.1: JSON between systems is UTF-8, and it is read as nothing else.
        if (sent.Charset.HasValue && !HeaderUtilities.RemoveQuotes(sent.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return new Refusal(StatusCodes.Status415UnsupportedMediaType, McpErrorCode.InvalidRequest, "The charset must be utf-8, or left out.");
        }

        return MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
            && accepted.Any(Json.IsSubsetOf) && accepted.Any(EventStream.IsSubsetOf)
                ? null
                : new Refusal(StatusCodes.Status406NotAcceptable, McpErrorCode.InvalidRequest, "Accept must list application/json and text/event-stream.");
    }
}
