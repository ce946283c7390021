using AuthCore.Users.Passwords;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Users.Passwords;

public sealed class HashingQueueTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly HashingQueue _queue;

    public HashingQueueTests() => _queue = new HashingQueue(_time);

    [Fact]
    public async Task Half_of_the_processors_hash_so_many_wait_and_the_next_is_turned_away_at_once()
    {
        HashingQueue.Turns.ShouldBe(Math.Max(1, Environment.ProcessorCount / 2));
        var turns = await TakeAllAsync();
        var waiting = Enumerable.Range(0, HashingQueue.Turns * HashingQueue.WaitersPerTurn).Select(_ => _queue.EnterAsync(CancellationToken.None)).ToArray();
        waiting.ShouldAllBe(waiter => !waiter.IsCompleted);
        (await _queue.EnterAsync(CancellationToken.None)).ShouldBeNull();

        turns[0].Dispose();
        (await waiting[0]).ShouldNotBeNull();
    }

    [Fact]
    public async Task No_request_waits_longer_than_three_seconds()
    {
        await TakeAllAsync();
        var waiting = _queue.EnterAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(2.9));
        waiting.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.2));
        (await waiting.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeNull();
    }

    [Fact]
    public async Task Who_hangs_up_leaves_the_queue()
    {
        await TakeAllAsync();
        using var gone = new CancellationTokenSource();
        var waiting = _queue.EnterAsync(gone.Token);
        await gone.CancelAsync();
        await waiting.ShouldThrowAsync<OperationCanceledException>();
    }

    public void Dispose() => _queue.Dispose();

    private async Task<IDisposable[]> TakeAllAsync()
    {
        var turns = await Task.WhenAll(Enumerable.Range(0, HashingQueue.Turns).Select(_ => _queue.EnterAsync(CancellationToken.None)));
        return [.. turns.Select(turn => turn.ShouldNotBeNull())];
    }
}
