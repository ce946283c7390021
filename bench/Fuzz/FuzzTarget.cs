using System.Net.Http.Headers;
using Bench.Hosts;

namespace Bench.Fuzz;

/// <summary>A running host, and what an attacker who may sign in and register has got from it: a client, tokens, a session and a form's token.</summary>
internal sealed class FuzzTarget
{
    private const string Scope = "account:read read:secret write";

    public required string Address { get; init; }

    public required string ClientId { get; init; }

    public required string AccessToken { get; init; }

    public required string RefreshToken { get; init; }

    /// <summary>The cookies of a person who is signed in, as a browser sends them.</summary>
    public required string Cookies { get; init; }

    /// <summary>The hidden field that forms of that session carry.</summary>
    public required string FormToken { get; init; }

    /// <summary>A request for authorization as it waits for its consent.</summary>
    public required string Ticket { get; init; }

    /// <summary>A token that no request of the run carries.</summary>
    public required string KeptToken { get; init; }

    /// <summary>What may stand in no log.</summary>
    public IEnumerable<string> Secrets => [AccessToken, RefreshToken, KeptToken, .. Cookies.Split("; ").Select(cookie => cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..])];

    /// <param name="host">Where, and with whose password.</param>
    public static async Task<FuzzTarget> PrepareAsync(HostProcess host)
    {
        using var person = new Person(host);
        var client = await OAuthClient.RegisterAsync(person.Http);
        await person.SignInAsync(client.AuthorizePath(Scope, out _));
        var tokens = await person.ConnectAsync(client, Scope);
        var kept = await person.ConnectAsync(client, "account:read");
        var open = await person.OpenAsync(client.AuthorizePath(Scope, out _));
        return new FuzzTarget
        {
            Address = host.Address,
            ClientId = client.ClientId,
            AccessToken = tokens.Access,
            RefreshToken = tokens.Refresh,
            KeptToken = kept.Access,
            Cookies = person.Cookies,
            FormToken = open.Hidden("__RequestVerificationToken"),
            Ticket = open.Path[(open.Path.IndexOf("ticket=", StringComparison.Ordinal) + "ticket=".Length)..],
        };
    }

    /// <summary>Whether the token that was kept out of the run still opens a tool.</summary>
    public async Task<bool> CanCallAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"whoami","arguments":{}}}""", new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", KeptToken);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        using var answer = await http.SendAsync(request);
        return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains("\"result\"", StringComparison.Ordinal);
    }
}
