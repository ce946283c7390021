using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Browser;

/// <summary>How somebody looks at a page. Language and time zone are fixed.</summary>
internal sealed record Look(ColorScheme Scheme = ColorScheme.Light, int Width = Look.Desktop, int Height = 900, bool JavaScript = true)
{
    public const int Desktop = 1280;

    /// <summary>The narrowest phone that the pages promise to fit.</summary>
    public const int Phone = 360;

    public static Look Ordinary { get; } = new();

    /// <summary>Signed in already: cookies as <see cref="IBrowserContext.StorageStateAsync"/> gave them.</summary>
    public string? SignedIn { get; init; }

    /// <summary>Whether a certificate that nobody has signed will do.</summary>
    public bool AnyCertificate { get; init; }

    public BrowserNewContextOptions ToContextOptions() => new()
    {
        ColorScheme = Scheme,
        ViewportSize = new ViewportSize { Width = Width, Height = Height },
        JavaScriptEnabled = JavaScript,
        Locale = "en-US",
        TimezoneId = "UTC",
        ReducedMotion = ReducedMotion.Reduce,
        StorageState = SignedIn,
        IgnoreHTTPSErrors = AnyCertificate,
    };
}
