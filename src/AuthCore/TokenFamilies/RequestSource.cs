using AuthCore.Protocol;
using Microsoft.AspNetCore.Http;

namespace AuthCore.TokenFamilies;

/// <summary>Where a request came from, as lineage and audit keep it. The user agent is untrusted text, cut to 200 characters.</summary>
internal sealed record RequestSource(string? Address, string? UserAgent)
{
    private const int MaxAgentLength = 200;

    public static RequestSource Of(HttpContext context) => new(
        context.Connection.RemoteIpAddress?.ToString(),
        UntrustedText.Clean(context.Request.Headers.UserAgent, MaxAgentLength) is { Length: > 0 } agent ? agent : null);
}
