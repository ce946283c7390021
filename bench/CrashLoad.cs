namespace Bench;

/// <summary>What goes on while the process is killed: refreshes, revocations and exchanges, each written down as soon as it was acknowledged.</summary>
internal sealed class CrashLoad(OAuthClient client, CrashLedger ledger, int clients)
{
    /// <summary>Runs until the process is gone.</summary>
    public Task RunAsync() => Task.WhenAll(
    [
        .. Enumerable.Range(0, clients).Select(index => UntilGoneAsync(() => RefreshAsync(index))),
        UntilGoneAsync(RevokeAsync), UntilGoneAsync(RevokeAsync),
        UntilGoneAsync(ExchangeAsync), UntilGoneAsync(ExchangeAsync),
    ]);

    private async Task RefreshAsync(int index)
    {
        var held = ledger.Held.TryGetValue(index, out var tokens) ? tokens : await client.ConnectAsync();
        ledger.Held[index] = held;
        ledger.Held[index] = await client.RefreshAsync(held.Refresh) ?? throw new InvalidOperationException("A live refresh token was refused.");
        ledger.NoteRefresh();
    }

    private async Task RevokeAsync()
    {
        var tokens = await client.ConnectAsync();
        await client.RevokeAsync(Random.Shared.Next(2) == 0 ? tokens.Refresh : tokens.Access);
        ledger.NoteRevoked(tokens);
    }

    private async Task ExchangeAsync()
    {
        var code = await client.AuthorizeAsync();
        try
        {
            if (await client.ExchangeAsync(code) is null)
            {
                throw new InvalidOperationException("A fresh code was refused.");
            }

            ledger.NoteExchanged(code);
        }
        catch (Exception gone) when (IsGone(gone))
        {
            ledger.Uncertain.Enqueue(code);
            throw;
        }
    }

    private static async Task UntilGoneAsync(Func<Task> work)
    {
        try
        {
            while (true)
            {
                await work();
            }
        }
        catch (Exception gone) when (IsGone(gone))
        {
            // The process was killed, as it should be.
        }
    }

    private static bool IsGone(Exception exception) => exception is HttpRequestException { StatusCode: null } or IOException;
}
