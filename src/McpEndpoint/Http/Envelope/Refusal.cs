using ModelContextProtocol;

namespace McpEndpoint.Http.Envelope;

/// <summary>Why a request goes no further: an HTTP status and a JSON-RPC error that says no more than the client may know.</summary>
internal sealed record Refusal(int Status, McpErrorCode Code, string Message)
{
    /// <summary>The error's <c>data</c>, where the specification asks for some.</summary>
    public object? Data { get; init; }

    /// <summary>The value of <c>WWW-Authenticate</c>.</summary>
    public string? Challenge { get; init; }

    /// <summary>The value of <c>Retry-After</c> in seconds.</summary>
    public int? RetryAfterSeconds { get; init; }

    public static Refusal BadRequest(McpErrorCode code, string message) => new(400, code, message);
}
