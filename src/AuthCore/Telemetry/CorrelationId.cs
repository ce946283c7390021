using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace AuthCore.Telemetry;

/// <summary>One name for a request in the log, the audit trail, the answer and the error page.</summary>
public static class CorrelationId
{
    /// <summary>The response header that carries it.</summary>
    public const string Header = "X-Correlation-Id";

    /// <summary>The trace identifier (32 hexadecimal digits), or the server's own request identifier where nothing traces.</summary>
    public static string Of(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
