using AdminConsole.Security;

namespace UnitTests.Console.Security;

public sealed class PublicHostTests
{
    [Theory]
    [InlineData("https://auth.example", "auth.example", true)]
    [InlineData("https://auth.example", "AUTH.example:443", true)]
    [InlineData("https://auth.example", "auth.example:80", false)]
    [InlineData("https://auth.example", "auth.example:8443", false)]
    [InlineData("https://auth.example", "auth.example.", false)]
    [InlineData("https://auth.example", "localhost", false)]
    [InlineData("https://auth.example", "127.0.0.1:443", false)]
    [InlineData("https://auth.example:8443", "auth.example:8443", true)]
    [InlineData("https://auth.example:8443", "auth.example", false)]
    [InlineData("https://auth.example:8443", "auth.example:443", false)]
    [InlineData("https://b\u00fccher.example", "xn--bcher-kva.example", true)]
    [InlineData("https://192.0.2.7", "192.0.2.7", true)]
    [InlineData("https://[2001:db8::1]", "[2001:db8::1]:443", true)]
    [InlineData("http://localhost:5080", "localhost", true)]
    [InlineData("http://localhost:5080", "127.0.0.9:1", true)]
    [InlineData("http://127.0.0.1:5080", "[::1]:5080", true)]
    [InlineData("http://localhost:5080", "localhost.evil.example", false)]
    [InlineData("http://localhost:5080", "loopback", false)]
    [InlineData("http://localhost:5080", "0.0.0.0:5080", false)]
    [InlineData("https://localhost:5443", "localhost:1", true)]
    public void Own_is_what_the_issuer_is(string issuer, string named, bool own) =>
        PublicHost.Named(named, new Uri(issuer)).ShouldBe(own ? NamedHost.Own : NamedHost.Other);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x:99999")]
    [InlineData("x:65536")]
    [InlineData("x:0")]
    [InlineData("x:")]
    [InlineData("x:+1")]
    [InlineData(":80")]
    [InlineData("a..b")]
    [InlineData("[::1")]
    [InlineData("[]")]
    [InlineData("[::1]x")]
    [InlineData("::1")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public void What_no_host_can_be_called_is_malformed(string? named) => PublicHost.Named(named, new Uri("https://auth.example")).ShouldBe(NamedHost.Malformed);
}
