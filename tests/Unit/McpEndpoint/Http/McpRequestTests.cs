using System.Net;
using System.Net.Http.Headers;
using System.Text;
using UnitTests.McpEndpoint.TestKit;
using UnitTests.TestKit;

namespace UnitTests.McpEndpoint.Http;

/// <summary>Everything that is decided before a message is understood.</summary>
public sealed class McpRequestTests(SharedMcpHost shared) : IClassFixture<SharedMcpHost>
{
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    private readonly McpHost _host = shared.Host;

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer  two words")]
    [InlineData("nonsense")]
    public async Task Credentials_that_are_no_token_are_challenged(string authorization)
    {
        var reply = await _host.SendAsync(Ping, null, ("Authorization", authorization));

        reply.Status.ShouldBe(HttpStatusCode.Unauthorized);
        reply.Challenge.ShouldNotBeNull().ShouldContain("resource_metadata=");
    }

    [Fact, Spec("RFC 6750 §2.1")]
    public async Task The_scheme_is_read_in_any_case()
    {
        var reply = await _host.SendAsync(Ping, null, ("Authorization", $"bEaReR {_host.Tokens.Issue()}"));

        reply.Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact, Spec("RFC 6750 §2.3")]
    public async Task A_token_in_the_address_is_refused_though_it_is_valid()
    {
        using var request = Post(Ping);
        request.RequestUri = new Uri($"/mcp?access_token={_host.Tokens.Issue()}", UriKind.Relative);

        var reply = await _host.SendAsync(request);

        reply.Status.ShouldBe(HttpStatusCode.BadRequest);
        reply.Challenge.ShouldNotBeNull().ShouldContain("error=\"invalid_request\"");
    }

    [Fact]
    public async Task Two_tokens_at_once_are_refused_though_both_are_valid()
    {
        var reply = await _host.SendAsync(Ping, null, ("Authorization", $"Bearer {_host.Tokens.Issue()}"), ("Authorization", $"Bearer {_host.Tokens.Issue()}"));

        reply.Status.ShouldBe(HttpStatusCode.BadRequest);
        reply.Challenge.ShouldNotBeNull().ShouldContain("error=\"invalid_request\"");
    }

    [Fact, Spec("RFC 8707 §2")]
    public async Task A_token_for_another_resource_is_refused()
    {
        await using var elsewhere = await McpHost.StartAsync(publicUrl: "https://elsewhere.example");

        var reply = await elsewhere.CallAsync("whoami", token: elsewhere.Tokens.Issue());

        reply.Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("http://localhost", true)]
    [InlineData("http://localhost:6274", true)]
    [InlineData("http://127.0.0.1:6274", true)]
    [InlineData("https://inspector.example", true)]
    [InlineData("https://evil.example", false)]
    [InlineData("http://localhost.evil.example", false)]
    [InlineData("https://inspector.example.evil.example", false)]
    [InlineData("https://inspector.example/path", false)]
    [InlineData("http://localhost/path", false)]
    [InlineData("null", false)]
    public async Task Pages_of_other_origins_may_not_call(string? origin, bool allowed)
    {
        var reply = await _host.SendAsync(Ping, null, origin is null ? [] : [("Origin", origin)]);

        reply.Status.ShouldBe(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Beyond_loopback_a_loopback_page_is_of_another_site()
    {
        await using var host = await McpHost.StartAsync(publicUrl: "https://auth.example");

        (await host.SendAsync(Ping, null, ("Origin", "http://localhost:6274"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await host.SendAsync(Ping, null, ("Origin", "https://auth.example"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("localhost:5080", true)]
    [InlineData("127.0.0.1:1", true)]
    [InlineData("[::1]:5080", true)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example:5080", false)]
    public async Task A_host_name_that_was_rebound_to_loopback_is_refused(string hostName, bool allowed)
    {
        using var request = Post(Ping);
        request.Headers.Host = hostName;

        var reply = await _host.SendAsync(request);

        reply.Status.ShouldBe(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("text/plain", "application/json, text/event-stream", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=utf-8", "application/json, text/event-stream", HttpStatusCode.OK)]
    [InlineData("application/json; charset=\"UTF-8\"", "application/json, text/event-stream", HttpStatusCode.OK)]
    [InlineData("application/json; charset=utf-16", "application/json, text/event-stream", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "application/json", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json", "text/event-stream", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json", "text/html", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json", "*/*", HttpStatusCode.OK)]
    public async Task Media_types_are_those_of_the_transport(string sent, string accepted, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(Ping) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(sent);
        request.Headers.Accept.ParseAdd(accepted);

        (await _host.SendAsync(request)).Status.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""")]
    [InlineData("""{"id":1,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":7}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":1,"a":2}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"\ud800"}""")]
    [InlineData("""{"\ud800":"2.0","id":1,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\udc00"}}""")]
    public async Task A_body_that_is_no_message_is_the_callers_fault(string body)
    {
        var reply = await _host.SendAsync(body);

        reply.Status.ShouldBe(HttpStatusCode.BadRequest);
        reply.ErrorCode.ShouldNotBeNull();
        reply.Json!.ContainsKey("id").ShouldBeTrue();
        reply.Json["id"].ShouldBeNull();
    }

    [Fact]
    public async Task Nesting_without_end_is_refused()
    {
        var body = """{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":""" + new string('[', 5_000) + new string(']', 5_000) + "}}";

        (await _host.SendAsync(body)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_a_million_bytes_is_refused_whether_or_not_it_says_so(bool streamed)
    {
        var bytes = Encoding.UTF8.GetBytes($"{Ping}{new string(' ', 1_000_000)}");
        using var request = Post(Ping);
        request.Content = streamed ? new StreamContent(new UnknownLength(bytes)) : new ByteArrayContent(bytes);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        (await _host.SendAsync(request)).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task An_announced_length_over_the_cap_is_refused_before_the_token_is_looked_at()
    {
        var reply = await _host.SendAsync(new string(' ', 1_000_001), token: "forged");

        reply.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("GET", false, HttpStatusCode.Unauthorized)]
    [InlineData("GET", true, HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", false, HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", true, HttpStatusCode.MethodNotAllowed)]
    public async Task Without_sessions_a_get_is_good_for_discovery_only(string method, bool knowsTheProtocol, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/mcp");
        if (knowsTheProtocol)
        {
            request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        }

        var reply = await _host.SendAsync(request);

        reply.Status.ShouldBe(expected);
        reply.Allow.ShouldBe(expected == HttpStatusCode.MethodNotAllowed ? "POST" : null);
        (reply.Challenge is not null).ShouldBe(expected == HttpStatusCode.Unauthorized);
    }

    private static HttpRequestMessage Post(string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        return request;
    }

    private sealed class UnknownLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
