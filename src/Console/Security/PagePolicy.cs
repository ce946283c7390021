namespace AdminConsole.Security;

/// <summary>What a page may load and do, as its Content-Security-Policy says. Endpoint metadata; without it nothing may be loaded.</summary>
internal sealed record PagePolicy(string ContentSecurityPolicy)
{
    /// <summary>Plain forms, one stylesheet, no script at all.</summary>
    public static PagePolicy Static { get; } = new(
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");

    /// <summary>
    /// As <see cref="Static"/>, without <c>form-action</c>: Chromium applies it to every redirect after the post, and the answer to
    /// a consent is a redirect to the client.
    /// </summary>
    public static PagePolicy RedirectsToClient { get; } = new(
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'");

    /// <summary>A circuit. Component libraries position their pop-ups through style attributes.</summary>
    public static PagePolicy Interactive { get; } = new(
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "form-action 'self'; base-uri 'self'; frame-ancestors 'none'");
}
