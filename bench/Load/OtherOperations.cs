using System.Net.Http.Headers;

namespace Bench.Load;

/// <summary>Calls a tool with a token that the host has seen before.</summary>
internal sealed class CallOperation(LoadTarget target) : Operation(target)
{
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_secret","arguments":{}}}""";

    public override async Task SendAsync(int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(Call, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Target.Grants[number % Target.Grants.Length].Access);
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        using var answer = await Target.Http.SendAsync(request);
        var said = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        if (!said.Contains("\"result\"", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The tool answered {said}");
        }
    }
}

/// <summary>Registers a client.</summary>
internal sealed class RegisterOperation(LoadTarget target) : Operation(target)
{
    public override Task SendAsync(int number) => OAuthClient.RegisterAsync(Target.Http);
}

/// <summary>Reads a document that anybody may read.</summary>
internal sealed class GetOperation(LoadTarget target, string path) : Operation(target)
{
    public override async Task SendAsync(int number)
    {
        using var answer = await Target.Http.GetAsync(path);
        answer.EnsureSuccessStatusCode();
    }
}
