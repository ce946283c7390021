using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace UnitTests.Console;

/// <summary>On the whole host, because the endpoint and its limit are of two projects.</summary>
public sealed class McpLimitTests
{
    [Fact]
    public async Task Invented_tokens_share_the_allowance_of_their_address()
    {
        await using var host = new ConsoleHost();
        await using var limited = host.WithWebHostBuilder(builder => builder
            .UseSetting("RateLimits:Enabled", "true").UseSetting("RateLimits:Mcp:Permits", "2").UseSetting("RateLimits:Mcp:Window", "01:00:00"));
        using var http = limited.CreateClient();
        List<HttpStatusCode> answers = [];
        for (var call = 0; call < 3; call++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"invented-{call}");
            using var answer = await http.SendAsync(request);
            answers.Add(answer.StatusCode);
        }

        answers.ShouldBe([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests]);
    }
}
