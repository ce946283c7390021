using System.Net;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>A plain client that rotates its refresh token as fast as it is answered, and remembers the last answer that reached it.</summary>
internal sealed class RefreshingClient(OAuthClient client, TokenAnswer connected) : IDisposable
{
    private readonly SemaphoreSlim _refreshed = new(0);
    private TokenAnswer _latest = connected;

    public async Task UntilTheCrashAsync()
    {
        try
        {
            while (true)
            {
                var answer = await RefreshAsync();
                answer.Status.ShouldBe(HttpStatusCode.OK);
                _latest = answer;
                _refreshed.Release();
            }
        }
        catch (HttpRequestException)
        {
            // The host is gone; whether it had rotated is what it knows and this client does not.
        }
    }

    public async Task HasRefreshedAsync(int times)
    {
        for (var time = 0; time < times; time++)
        {
            (await _refreshed.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue("no refresh for 30 seconds");
        }
    }

    public Task<TokenAnswer> RefreshAsync() => client.RefreshAsync(_latest.RefreshToken!);

    public Task RevokeAsync() => client.RevokeAsync(_latest.RefreshToken!);

    public Task<HttpStatusCode> CallAsync() => client.CallToolAsync(_latest.AccessToken!, "get_secret");

    /// <summary>Refreshes with the last token that reached this client, and calls a tool with the outcome.</summary>
    public async Task<HttpStatusCode> GoesOnAsync()
    {
        var answer = await RefreshAsync();
        answer.Error.ShouldBeNull();
        _latest = answer;
        return await CallAsync();
    }

    public void Dispose()
    {
        _refreshed.Dispose();
        client.Dispose();
    }
}
