using System.Diagnostics;

namespace AdminConsole.Security;

/// <summary>The word by which a person's error page and the operator's log find each other.</summary>
internal static class CorrelationId
{
    public static string Of(HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
}
