using AuthCore.Telemetry;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace AuthCore.Metadata;

/// <summary>
/// Browser-based clients may call the endpoints that take no cookie: metadata, keys, registration, token, revocation. Never <c>/authorize</c>
/// (RFC 9700 §2.6). No credentials are allowed, so that any origin and any header may be.
/// </summary>
internal static class ProtocolCors
{
    public const string PolicyName = "oauth-protocol";

    public static void Build(CorsPolicyBuilder policy) => policy
        .AllowAnyOrigin()
        .AllowAnyHeader()
        .WithMethods("GET", "HEAD", "POST")
        .WithExposedHeaders(HeaderNames.WWWAuthenticate, HeaderNames.RetryAfter, CorrelationId.Header)
        .SetPreflightMaxAge(TimeSpan.FromHours(1));
}
