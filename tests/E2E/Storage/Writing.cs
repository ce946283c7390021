using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Storage;

/// <summary>Requests that write, and how long their answers took.</summary>
internal static class Writing
{
    internal sealed record Answer(HttpStatusCode Status, TimeSpan? RetryAfter, TimeSpan Took);

    /// <summary>Registers a client.</summary>
    public static async Task<Answer> RegisterAsync(this RunningHost host, string name = "Writes", CancellationToken cancellationToken = default)
    {
        using var http = new HttpClient();
        var clock = Stopwatch.StartNew();
        var metadata = new { client_name = name, redirect_uris = new[] { "http://127.0.0.1:49152/callback" }, token_endpoint_auth_method = "none" };
        using var response = await http.PostAsJsonAsync(host.At("/register"), metadata, cancellationToken);
        return new Answer(response.StatusCode, response.Headers.RetryAfter?.Delta, clock.Elapsed);
    }

    public static Task<Answer[]> RegisterAsync(this RunningHost host, int times) => Task.WhenAll(Enumerable.Range(0, times).Select(_ => host.RegisterAsync()));

    /// <summary>Fills in a login form that was opened before, as a browser does.</summary>
    public static async Task<(FormPage Page, TimeSpan Took)> SignInAsync(this FormBrowser browser, FormPage login, Person person)
    {
        var clock = Stopwatch.StartNew();
        var page = await browser.SubmitAsync(login, [new("email", person.Email), new("password", person.Password)]);
        return (page, clock.Elapsed);
    }
}
