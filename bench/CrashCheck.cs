using System.Net.Http.Json;

namespace Bench;

/// <summary>Compares what clients were told with what a restarted process does.</summary>
internal static class CrashCheck
{
    /// <summary>In this order: a replayed code revokes its family, which is meant to happen, so live clients are asked first.</summary>
    public static async Task<IReadOnlyList<string>> FindBrokenPromisesAsync(HttpClient http, OAuthClient client, CrashLedger before)
    {
        List<string> broken = [];
        foreach (var (index, held) in before.Held)
        {
            if (await client.RefreshAsync(held.Refresh) is not { } next)
            {
                broken.Add("a live client could not go on with the refresh token that it held");
                before.Held.TryRemove(index, out _);
                continue;
            }

            before.Held[index] = next;
        }

        foreach (var revoked in before.Revoked)
        {
            if (await IsAcceptedAsync(http, revoked.Access) || await client.RefreshAsync(revoked.Refresh) is not null)
            {
                broken.Add("an acknowledged revocation was lost");
            }
        }

        foreach (var code in before.Exchanged)
        {
            if (await client.ExchangeAsync(code) is not null)
            {
                broken.Add("a code was exchanged twice");
            }
        }

        // Cut off: it may have gone through or not, but it must not go through twice.
        foreach (var code in before.Uncertain)
        {
            if (await client.ExchangeAsync(code) is not null && await client.ExchangeAsync(code) is not null)
            {
                broken.Add("a code was exchanged twice");
            }
        }

        if (await http.GetStringAsync(CrashHost.CheckPath) is not CrashHost.Sound and var finding)
        {
            broken.Add(finding);
        }

        return broken;
    }

    private static async Task<bool> IsAcceptedAsync(HttpClient http, string accessToken)
    {
        using var answer = await http.PostAsJsonAsync(CrashHost.AcceptedPath, accessToken);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<bool>();
    }
}
