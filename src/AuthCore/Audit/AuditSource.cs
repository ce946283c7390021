using Microsoft.AspNetCore.Http;

namespace AuthCore.Audit;

/// <summary>Where a line of the trail comes from. Taken before the write lane is entered: there is no request inside it.</summary>
/// <param name="Address">The connection's address.</param>
/// <param name="CorrelationId">The request's name in the log.</param>
internal sealed record AuditSource(string? Address, string? CorrelationId)
{
    /// <summary>Something that no request caused.</summary>
    public static AuditSource Host { get; } = new(null, null);

    public static AuditSource Of(HttpContext? context) =>
        context is null ? Host : new AuditSource(context.Connection.RemoteIpAddress?.ToString(), Telemetry.CorrelationId.Of(context));
}
