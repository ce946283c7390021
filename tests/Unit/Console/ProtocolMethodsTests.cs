using System.Net;

namespace UnitTests.Console;

/// <summary>On the whole host, because the console's own routes must not answer for the protocol's.</summary>
public sealed class ProtocolMethodsTests(SharedConsoleHost shared) : IClassFixture<SharedConsoleHost>
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

    [Theory]
    [InlineData("/authorize", "GET", "POST")]
    [InlineData("/token", "POST")]
    [InlineData("/register", "POST")]
    [InlineData("/revoke", "POST")]
    [InlineData("/introspect", "POST")]
    [InlineData("/mcp", "POST")]
    [InlineData("/.well-known/oauth-authorization-server", "GET", "HEAD")]
    [InlineData("/.well-known/openid-configuration", "GET", "HEAD")]
    [InlineData("/.well-known/jwks.json", "GET", "HEAD")]
    public async Task A_method_that_an_endpoint_does_not_take_is_405_and_says_which_it_takes(string path, params string[] taken)
    {
        using var http = shared.Host.CreateClient();

        // A bare GET of /mcp is how some clients look for the challenge.
        foreach (var method in Methods.Except(taken).Where(method => (path, method) != ("/mcp", "GET")))
        {
            using var answer = await http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

            answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed, $"{method} {path}");
            answer.Content.Headers.Allow.ShouldBe(taken, ignoreOrder: true);
        }
    }
}
