using AdminConsole.Features.Clients;

namespace UnitTests.Console.Features.Clients;

public sealed class RedirectHostsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:53412/callback", "this computer (127.0.0.1)")]
    [InlineData("http://[::1]/cb", "this computer ([::1])")]
    [InlineData("https://client.example.com/cb", "client.example.com")]
    [InlineData("https://client.example.com:8443/cb", "client.example.com:8443")]
    [InlineData("https://bücher.example/cb", "xn--bcher-kva.example")]
    [InlineData("http://localhost.evil.example/cb", "localhost.evil.example")]
    [InlineData("cursor://anysphere.cursor-mcp/oauth", "cursor: (an app)")]
    public void A_redirect_uri_is_named_by_where_it_leads(string redirectUri, string words) => RedirectHosts.Of([redirectUri]).ShouldBe(words);

    [Fact]
    public void Many_are_counted() => RedirectHosts.Of(["https://a.example/", "https://b.example/", "https://c.example/", "https://a.example/2"])
        .ShouldBe("a.example, b.example and 1 more");
}
