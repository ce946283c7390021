using AuthCore.Audit;
using Microsoft.AspNetCore.Http;

namespace AuthCore.Http;

/// <summary>Where a request came from, as lineage and audit keep it. Taken before the write lane is entered: there is no request inside it.</summary>
internal sealed record RequestSource(string? Address, string? UserAgent, AuditSource Audit)
{
    public static RequestSource Of(HttpContext context) => new(
        context.Connection.RemoteIpAddress?.ToString(), RequestAgent.Of(context), AuditSource.Of(context));
}
