using AuthCore.Storage.Facts;
using AuthCore.Telemetry;
using Microsoft.AspNetCore.Http;

namespace AuthCore.Http;

/// <summary>Where a request came from, as lineage keeps it. Taken before the write lane is entered: there is no request inside it.</summary>
internal sealed record RequestSource(string? Address, string? UserAgent)
{
    /// <summary>No request: the host, or an operator, whose fact says who.</summary>
    public static RequestSource None { get; } = new(null, null);

    public static RequestSource Of(HttpContext context) => new(context.Connection.RemoteIpAddress?.ToString(), RequestAgent.Of(context));

    /// <summary>The same, as facts keep it.</summary>
    public static FactOrigin OriginOf(HttpContext? context) =>
        context is null ? FactOrigin.Host : new FactOrigin(context.Connection.RemoteIpAddress?.ToString(), CorrelationId.Of(context));
}
