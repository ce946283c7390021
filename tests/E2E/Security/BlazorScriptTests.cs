using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Security;

/// <summary>The browser's half of Blazor is taken out of a package by the build. From there on it is a static asset like the others.</summary>
public sealed partial class BlazorScriptTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly RunningHost _host = shared.Host;

    [Fact]
    public async Task Script_is_served_as_the_other_assets_of_the_page_are()
    {
        using var browser = new FormBrowser(_host.Origin);
        var page = await browser.SignInAsync(_host.At("/admin"), Person.Administrator);
        using var http = new HttpClient { DefaultRequestHeaders = { AcceptEncoding = { new StringWithQualityHeaderValue("gzip") } } };

        using var script = await http.GetAsync(_host.At(Path(BlazorScript().Match(page.Html))));
        using var other = await http.GetAsync(_host.At(Path(OwnScript().Match(page.Html))));

        script.StatusCode.ShouldBe(HttpStatusCode.OK);
        script.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        Handling(script).ShouldBe(Handling(other));
        (await UnpackedAsync(script)).ShouldContain("blazor-enhanced-nav");
        script.Headers.ETag.ShouldNotBeNull();
    }

    private static string Path(Match named)
    {
        named.Success.ShouldBeTrue("the page names the script with its fingerprint");
        return "/" + named.Groups[1].Value;
    }

    /// <summary>Every header that does not depend on which file it is.</summary>
    private static string[] Handling(HttpResponseMessage answer) =>
    [
        .. answer.Headers.Concat(answer.Content.Headers)
            .Where(header => header.Key is not ("Date" or "ETag" or "Content-Length" or "Last-Modified"))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
            .Order(StringComparer.Ordinal),
    ];

    private static async Task<string> UnpackedAsync(HttpResponseMessage answer)
    {
        using var unpacked = new StreamReader(new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress));
        return await unpacked.ReadToEndAsync();
    }

    [GeneratedRegex("""<script src="/?(_framework/blazor\.web\.[a-z0-9]{8,}\.js)">""")]
    private static partial Regex BlazorScript();

    [GeneratedRegex("""<script src="/?(session\.[a-z0-9]{8,}\.js)">""")]
    private static partial Regex OwnScript();
}
