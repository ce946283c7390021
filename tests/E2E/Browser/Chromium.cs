using McpAuthConsole.E2ETests.Host;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Browser;

/// <summary>One browser for the run; every test opens its own context in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] UsualPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        // A name that is not loopback's, for hosts behind a proxy.
        $"--host-resolver-rules=MAP {TlsProxy.HostName} 127.0.0.1",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable(), Args = Arguments });
    }

    /// <summary>
    /// Opens a page in a fresh context and does something with it. When that fails, what the page looked like and how it got there
    /// are kept under artifacts/e2e.
    /// </summary>
    internal async Task WithPageAsync(string name, Look look, Func<IPage, Task> act)
    {
        await using var context = await _browser!.NewContextAsync(look.ToContextOptions());
        context.SetDefaultTimeout(15_000);
        await context.Tracing.StartAsync(new TracingStartOptions { Screenshots = true, Snapshots = true });
        var page = await context.NewPageAsync();
        try
        {
            await act(page);
            await context.Tracing.StopAsync();
        }
        catch
        {
            var folder = Repository.ArtifactsFor(name);
            await context.Tracing.StopAsync(new TracingStopOptions { Path = Path.Combine(folder, "trace.zip") });
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, "page.png"), FullPage = true });
            await File.WriteAllTextAsync(Path.Combine(folder, "page.html"), await page.ContentAsync());
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string Executable() =>
        Environment.GetEnvironmentVariable("CHROMIUM_PATH")
        ?? Array.Find(UsualPlaces, File.Exists)
        ?? throw new InvalidOperationException("No Chromium found: install the package `chromium`, or say where it is in CHROMIUM_PATH. ./test.sh installs it where there is apt-get.");
}
