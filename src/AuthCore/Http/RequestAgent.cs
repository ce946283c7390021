using AuthCore.Protocol;
using Microsoft.AspNetCore.Http;

namespace AuthCore.Http;

/// <summary>The user agent as it is kept: shown to people, so no longer than they read.</summary>
internal static class RequestAgent
{
    private const int MaxLength = 200;

    /// <summary>Null when the request names none.</summary>
    public static string? Of(HttpContext context) =>
        UntrustedText.Clean(context.Request.Headers.UserAgent, MaxLength) is { Length: > 0 } agent ? agent : null;
}
