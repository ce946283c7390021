using AuthCore.Protocol;
using FsCheck;
using FsCheck.Fluent;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Protocol;

public class RedirectUriTests
{
    private static readonly string[] WithoutDot = ["cursor"];

    [Theory]
    [InlineData("https://app.example/callback")]
    [InlineData("https://app.example:8443/callback?tenant=1")]
    [InlineData("https://app.example")]
    [InlineData("https://xn--bcher-kva.example/cb")]
    [InlineData("http://localhost/callback")]
    [InlineData("http://localhost:33418/")]
    [InlineData("http://127.0.0.1:8080/cb")]
    [InlineData("http://127.0.0.53/cb")]
    [InlineData("http://[::1]:8080/cb")]
    [InlineData("com.example.app:/callback")]
    [InlineData("com.example.app://callback")]
    [InlineData("cursor://anysphere.cursor-retrieval/oauth/callback")]
    public void Accepts(string uri) => TryParse(uri).ShouldBeNull();

    [Theory, Spec("RFC 6749 §3.1.2")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/callback")]
    [InlineData("app.example/callback")]
    [InlineData("https:/app.example/callback")]
    [InlineData("https:///callback")]
    [InlineData("https://app.example/callback#fragment")]
    [InlineData("https://app.example/callback#")]
    [InlineData("https://user@app.example/callback")]
    [InlineData("https://user:pass@app.example/callback")]
    [InlineData("https://app.example\\@evil.example/callback")]
    [InlineData("https://*.app.example/callback")]
    [InlineData("https://app.example/*")]
    [InlineData("https://app.example/a/../b")]
    [InlineData("https://app.example/a/%2e%2E/b")]
    [InlineData("https://app.example/./b")]
    [InlineData("https://app.example:0/cb")]
    [InlineData("https://app.example:65536/cb")]
    [InlineData("https://app.example:/cb")]
    [InlineData("https://app.example/cb%0d%0aSet-Cookie:x")]
    [InlineData("https://app.example/cb%00")]
    [InlineData("https://app.example/c b")]
    [InlineData(" https://app.example/cb")]
    [InlineData("https://app.example/cb ")]
    [InlineData("https://app.example/cb\n")]
    [InlineData("https://bücher.example/cb")]
    [InlineData("http://app.example/cb")]
    [InlineData("http://localhost.evil.example/cb")]
    [InlineData("http://127.0.0.1.nip.io/cb")]
    [InlineData("http://127.1/cb")]
    [InlineData("http://0x7f000001/cb")]
    [InlineData("http://2130706433/cb")]
    [InlineData("http://10.0.0.1/cb")]
    [InlineData("http://0.0.0.0/cb")]
    [InlineData("http://[::ffff:127.0.0.1]/cb")]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("java\tscript:alert(1)")]
    [InlineData("\u0001javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("vbscript:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("blob:https://app.example/1")]
    [InlineData("ftp://app.example/cb")]
    [InlineData("about:blank")]
    [InlineData("myapp://callback")]
    [InlineData("com.example.app:")]
    public void Refuses(string? uri) => TryParse(uri).ShouldNotBeNull();

    [Fact]
    public void Refuses_more_than_2048_characters() => TryParse("https://app.example/" + new string('a', 2048)).ShouldNotBeNull();

    [Theory]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.1:44423/callback")]
    [InlineData("http://127.0.0.1:33418/", "http://127.0.0.1:5000/")]
    [InlineData("http://127.0.0.1:33418/", "http://127.0.0.1/")]
    [InlineData("http://localhost/callback", "http://localhost:61234/callback")]
    [InlineData("http://[::1]/callback?a=b", "http://[::1]:61234/callback?a=b")]
    [InlineData("https://app.example/cb", "https://app.example/cb")]
    public void Matches(string registered, string presented) => Parsed(registered).Matches(presented).ShouldBeTrue();

    [Theory, Spec("RFC 9700 §4.1.3")]
    [InlineData("http://127.0.0.1/callback", "http://localhost/callback")]
    [InlineData("http://localhost/callback", "http://127.0.0.1/callback")]
    [InlineData("http://localhost/callback", "http://[::1]/callback")]
    [InlineData("http://127.0.0.1/callback", "http://127.0.0.2/callback")]
    [InlineData("http://localhost/callback", "https://localhost/callback")]
    [InlineData("http://localhost/callback", "HTTP://localhost/callback")]
    [InlineData("http://localhost/callback", "http://LOCALHOST/callback")]
    [InlineData("http://localhost/callback", "http://localhost/Callback")]
    [InlineData("http://localhost/callback", "http://localhost/callback/")]
    [InlineData("http://localhost/callback", "http://localhost/callback?x=1")]
    [InlineData("http://localhost/callback", "http://localhost:1/callback#f")]
    [InlineData("http://localhost/callback", "http://u@localhost:1/callback")]
    [InlineData("http://localhost/callback", "http://localhost.evil.example/callback")]
    [InlineData("http://localhost/callback", "http://localhost:80@evil.example/callback")]
    [InlineData("http://localhost/callback", "http://localhost:99999/callback")]
    [InlineData("https://app.example/cb", "https://app.example:443/cb")]
    [InlineData("https://app.example/cb", "https://app.example:8443/cb")]
    [InlineData("https://app.example/cb", "https://app.example/cb/")]
    [InlineData("https://app.example/cb", "https://APP.example/cb")]
    [InlineData("https://app.example/cb", "https://app.example/cb?x=1")]
    [InlineData("https://app.example/cb", "https://app.example/%63b")]
    [InlineData("https://app.example/cb", "https://app.example/x/../cb")]
    [InlineData("https://app.example/cb", "https://evil.app.example/cb")]
    [InlineData("com.example.app:/cb", "com.example.app:/cb/")]
    public void Does_not_match(string registered, string presented) => Parsed(registered).Matches(presented).ShouldBeFalse();

    [Theory]
    [InlineData("http://127.0.0.1:8080/cb", "127.0.0.1:8080", true, false)]
    [InlineData("https://app.example/cb", "app.example", false, false)]
    [InlineData("com.example.app:/cb", "com.example.app:", false, true)]
    public void Says_where_it_leads(string uri, string display, bool loopback, bool privateUse)
    {
        Parsed(uri).Display.ShouldBe(display);
        Parsed(uri).IsLoopback.ShouldBe(loopback);
        Parsed(uri).IsPrivateUse.ShouldBe(privateUse);
    }

    [Fact, Spec("RFC 8252 §7.3")]
    public void Every_port_of_a_loopback_address_matches_and_no_port_of_another_host() =>
        Prop.ForAll(Ports, port =>
            Parsed("http://127.0.0.1/cb").Matches($"http://127.0.0.1:{port}/cb")
            && Parsed($"http://localhost:{port}/cb").Matches("http://localhost/cb")
            && !Parsed("https://app.example/cb").Matches($"https://app.example:{port}/cb")).Check(samples: 100, size: 100);

    [Fact]
    public void Whatever_is_accepted_matches_itself_and_nothing_longer() =>
        Prop.ForAll(Paths, path =>
        {
            var uri = Parsed("https://app.example/" + path);
            return uri.Matches(uri.Value) && !uri.Matches(uri.Value + "x") && !uri.Matches(uri.Value + "/") && !uri.Matches(uri.Value.ToUpperInvariant());
        }).Check(samples: 100, size: 100);

    [Fact]
    public void Nothing_that_is_thrown_at_it_makes_it_throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        {
            RedirectUri.TryParse(text, WithoutDot, out var uri, out var problem);
            Parsed("http://localhost/callback").Matches(text ?? "");
            return uri is null != problem is null;
        }).Check(samples: 100, size: 100);

    private static Arbitrary<int> Ports => Gen.Choose(1, 65535).ToArbitrary();

    private static Arbitrary<string> Paths =>
        Gen.Choose(1, 12).SelectMany(length => Gen.Elements("abcdefghijklmnopqrstuvwxyz0123456789-_".ToCharArray()).ArrayOf(length))
            .Select(characters => "p" + new string(characters)).ToArbitrary();

    private static RedirectUri Parsed(string value)
    {
        RedirectUri.TryParse(value, WithoutDot, out var uri, out var problem).ShouldBeTrue(problem);
        return uri!;
    }

    [Theory]
    [InlineData("localhost:1234", "localhost:4321", true)]
    [InlineData("localhost", "localhost:4321", true)]
    [InlineData("127.0.0.1:1", "127.0.0.1:2", true)]
    [InlineData("[::1]:1", "[::1]", true)]
    [InlineData("claude.ai", "claude.ai", true)]
    [InlineData("cursor:", "cursor:", true)]
    [InlineData("localhost:1", "127.0.0.1:1", false)]
    [InlineData("127.0.0.1:1", "127.0.0.2:1", false)]
    [InlineData("app.example:1", "app.example:2", false)]
    [InlineData("localhost.example:1", "localhost.example:2", false)]
    [InlineData("cursor:", "vscode:", false)]
    public void A_destination_is_the_same_on_any_port_of_this_computer_and_on_no_other_elsewhere(string one, string other, bool same)
    {
        RedirectUri.SameDestination(one, other).ShouldBe(same);
        RedirectUri.SameDestination(other, one).ShouldBe(same);
    }

    private static string? TryParse(string? value)
    {
        RedirectUri.TryParse(value, WithoutDot, out _, out var problem);
        return problem;
    }
}
