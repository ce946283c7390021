using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Security;

/// <summary>Under which names a host on loopback answers. Those of a public host are in <see cref="Proxy.TlsProxyJourney"/>.</summary>
public sealed class PublicHostTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Page = "GET /account/login HTTP/1.1";
    private readonly RunningHost _host = shared.Host;

    [Theory]
    [InlineData("x:99999")]
    [InlineData("x:0")]
    [InlineData("x:")]
    [InlineData("a..b")]
    [InlineData("xn--")]
    [InlineData("a.xn--.com")]
    [InlineData("xn--55555555555")]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("[::1")]
    [InlineData("a b")]
    [InlineData("localhost@evil.example")]
    public Task Name_that_no_host_can_have_is_a_bad_request(string named) => ShouldAnswerAsync("400", Page, $"Host: {named}");

    [Fact]
    public Task Name_of_three_hundred_letters_is_a_bad_request() => ShouldAnswerAsync("400", Page, $"Host: {new string('a', 300)}");

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.nip.io")]
    [InlineData("192.0.2.7")]
    [InlineData("[2001:db8::1]")]
    public async Task Another_host_is_not_served(string named)
    {
        var answer = await ShouldAnswerAsync("421", Page, $"Host: {named}");
        answer.ShouldContain($"This server answers at {_host.Origin.GetLeftPart(UriPartial.Authority)} only.");
        answer.ShouldNotContain(named);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("[::1]:8080")]
    public Task Loopback_is_served_under_all_its_names_and_ports(string named) => ShouldAnswerAsync("200", Page, $"Host: {named}");

    [Fact]
    public Task Two_names_are_a_bad_request() => ShouldAnswerAsync("400", Page, "Host: localhost", "Host: evil.example");

    [Fact]
    public async Task Request_line_with_a_whole_address_names_its_host()
    {
        await ShouldAnswerAsync("400", "GET http://evil.example/account/login HTTP/1.1", "Host: localhost");
        await ShouldAnswerAsync("421", "GET http://evil.example/account/login HTTP/1.1", "Host: evil.example");
    }

    [Fact]
    public Task Old_request_without_a_name_is_a_bad_request() => ShouldAnswerAsync("400", "GET /account/login HTTP/1.0");

    [Theory]
    [InlineData("10.1.2.3:5080")]
    [InlineData("x:99999")]
    [InlineData("")]
    public async Task Probes_are_answered_under_any_name(string named)
    {
        await ShouldAnswerAsync("200", "GET /healthz/live HTTP/1.1", $"Host: {named}");
        await ShouldAnswerAsync("200", "GET /healthz/ready HTTP/1.1", $"Host: {named}");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nothing-here")]
    [InlineData("/authorize")]
    [InlineData("/token")]
    [InlineData("/mcp")]
    [InlineData("/.well-known/oauth-authorization-server")]
    [InlineData("/page.css")]
    [InlineData("/_blazor/negotiate")]
    [InlineData("/healthz/live/../../account/login")]
    public Task No_path_is_served_under_another_name(string path) => ShouldAnswerAsync("421", $"GET {path} HTTP/1.1", "Host: evil.example");

    private async Task<string> ShouldAnswerAsync(string status, string requestLine, params string[] headers)
    {
        var answer = await RawRequest.SendAsync(_host.Address, requestLine, headers);
        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        _host.Output.ShouldNotContain("Exception");
        return answer;
    }
}
