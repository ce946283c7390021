using System.Collections.Concurrent;

namespace AuthCore.Storage;

/// <summary>In process: pages live where the lane lives.</summary>
internal sealed class ChangeFeed : IChangeFeed
{
    private readonly ConcurrentDictionary<Subscription, ChangeTopics> _subscriptions = new();

    public IDisposable Subscribe(ChangeTopics topics, Action changed)
    {
        var subscription = new Subscription(this, changed);
        _subscriptions[subscription] = topics;
        return subscription;
    }

    public void Publish(ChangeTopics topics)
    {
        foreach (var (subscription, wanted) in _subscriptions)
        {
            if ((wanted & topics) != ChangeTopics.None)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static changed => changed(), subscription.Changed, preferLocal: false);
            }
        }
    }

    private sealed class Subscription(ChangeFeed feed, Action changed) : IDisposable
    {
        public Action Changed => changed;

        public void Dispose() => feed._subscriptions.TryRemove(this, out _);
    }
}
