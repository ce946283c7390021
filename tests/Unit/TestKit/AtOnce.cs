namespace UnitTests.TestKit;

/// <summary>Starts many things at the same moment, on as many threads as there are.</summary>
internal static class AtOnce
{
    public static async Task<T[]> RunAsync<T>(int count, Func<int, Task<T>> work)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ready = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tasks = Enumerable.Range(0, count).Select(index => Task.Run(async () =>
        {
            if (Interlocked.Increment(ref ready) == count)
            {
                all.SetResult();
            }

            await start.Task;
            return await work(index);
        })).ToArray();
        await all.Task;
        start.SetResult();
        return await Task.WhenAll(tasks);
    }
}
