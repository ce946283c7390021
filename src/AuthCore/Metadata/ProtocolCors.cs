using AuthCore.Telemetry;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace AuthCore.Metadata;

/// <summary>
/// Browser-based clients may call the endpoints that take no cookie: metadata, keys, registration, token, revocation. Never <c>/authorize</c>
/// (RFC 9700 §2.6). No credentials are allowed, so that any origin and any header may be.
/// </summary>
public static class ProtocolCors
{
    /// <summary>The policy's name, for endpoints of other parts that scripts may call.</summary>
    public const string PolicyName = "authcore";

    internal static void Build(CorsPolicyBuilder policy) => policy
        .AllowAnyOrigin()
        .AllowAnyHeader()
        .WithMethods("GET", "HEAD", "POST", "DELETE")
        .WithExposedHeaders(HeaderNames.WWWAuthenticate, HeaderNames.RetryAfter, CorrelationId.Header, "Mcp-Session-Id")
        .SetPreflightMaxAge(TimeSpan.FromHours(1));
}
