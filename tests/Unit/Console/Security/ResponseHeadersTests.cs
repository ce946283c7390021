using AdminConsole.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;

namespace UnitTests.Console.Security;

public class ResponseHeadersTests
{
    [Theory]
    [InlineData("/page")]
    [InlineData("/consent")]
    [InlineData("/circuit")]
    [InlineData("/token")]
    [InlineData("/fails")]
    [InlineData("/nowhere")]
    public async Task Every_answer_forbids_framing_and_sniffing(string path)
    {
        var headers = await HeadersOf(path);
        headers["Content-Security-Policy"].ShouldContain("frame-ancestors 'none'");
        headers["Content-Security-Policy"].ShouldContain("default-src 'none'");
        headers["X-Frame-Options"].ShouldBe("DENY");
        headers["X-Content-Type-Options"].ShouldBe("nosniff");
        headers["Referrer-Policy"].ShouldBe("no-referrer");
    }

    [Theory]
    [InlineData("/page")]
    [InlineData("/consent")]
    [InlineData("/circuit")]
    [InlineData("/fails")]
    public async Task Pages_are_kept_in_no_cache_and_share_no_browsing_context(string path)
    {
        var headers = await HeadersOf(path);
        headers["Cache-Control"].ShouldBe("no-store");
        headers["Cross-Origin-Opener-Policy"].ShouldBe("same-origin");
    }

    [Fact]
    public async Task Forms_post_to_this_host_only() => (await HeadersOf("/page"))["Content-Security-Policy"].ShouldContain("form-action 'self'");

    [Fact]
    public async Task The_consent_form_may_be_answered_by_a_redirect_to_a_client() =>
        (await HeadersOf("/consent"))["Content-Security-Policy"].ShouldNotContain("form-action");

    [Theory]
    [InlineData("/page")]
    [InlineData("/consent")]
    public async Task Pages_without_a_circuit_run_no_script(string path) =>
        (await HeadersOf(path))["Content-Security-Policy"].ShouldNotContain("script-src");

    [Fact]
    public async Task Pages_with_a_circuit_run_scripts_of_this_host_only()
    {
        var policy = (await HeadersOf("/circuit"))["Content-Security-Policy"];
        policy.ShouldContain("script-src 'self';");
        policy.ShouldNotContain("unsafe-eval");
    }

    [Fact]
    public async Task A_host_behind_TLS_tells_browsers_to_stay_there()
    {
        (await HeadersOf("/page", https: true, scheme: "https"))["Strict-Transport-Security"].ShouldBe("max-age=31536000");
        (await HeadersOf("/page", https: true)).Keys.ShouldNotContain("Strict-Transport-Security", "RFC 6797 section 7.2");
        (await HeadersOf("/page")).Keys.ShouldNotContain("Strict-Transport-Security");
    }

    private static async Task<IReadOnlyDictionary<string, string>> HeadersOf(string path, bool https = false, string scheme = "http")
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        await using var app = builder.Build();
        app.UseResponseHeaders(https);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = http =>
            {
                http.Features.Set(PagePolicy.Static);
                return http.Response.WriteAsync("sorry");
            },
        });
        app.UseRouting();
        app.MapPage("/page", () => "page");
        app.MapPage("/consent", () => "consent", PagePolicy.RedirectsToClient);
        app.MapPage("/circuit", () => "circuit", PagePolicy.Interactive);
        app.MapGet("/token", () => "{}");
        app.MapPage("/fails", string () => throw new InvalidOperationException("on purpose"));
        await app.StartAsync();

        using var response = await app.GetTestClient().GetAsync(new Uri($"{scheme}://localhost{path}"));
        return response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
    }
}
