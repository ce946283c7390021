using AuthCore.Storage;

namespace UnitTests.Console.Shared.Lists;

/// <summary>A feed that says what the test says.</summary>
internal sealed class ManualFeed : IChangeFeed
{
    private readonly List<(ChangeTopics Topics, Action Changed)> _subscribers = [];

    public int Subscribers => _subscribers.Count;

    public IDisposable Subscribe(ChangeTopics topics, Action changed)
    {
        var subscriber = (topics, changed);
        _subscribers.Add(subscriber);
        return new Subscription(() => _subscribers.Remove(subscriber));
    }

    public void Say(ChangeTopics topics)
    {
        foreach (var (wanted, changed) in _subscribers.ToArray())
        {
            if ((wanted & topics) != 0)
            {
                changed();
            }
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
