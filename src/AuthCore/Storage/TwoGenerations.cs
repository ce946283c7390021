using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace AuthCore.Storage;

/// <summary>
/// Remembers what was used lately, within a number. When the young generation is full it becomes the old one, and what the old one held goes unless it was asked for in the
/// meantime: nothing is ever looked through, and nobody waits.
/// </summary>
/// <param name="size">The most entries of one generation.</param>
internal sealed class TwoGenerations<TKey, TValue>(int size)
    where TKey : notnull
{
    private readonly Lock _turning = new();
    private volatile Generation _young = new(null);

    /// <summary>What is remembered of the key. It stays for at least one more generation.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var young = _young;
        if (young.Entries.TryGetValue(key, out value))
        {
            return true;
        }

        if (young.Older is null || !young.Older.TryGetValue(key, out value))
        {
            return false;
        }

        Add(key, value);
        return true;
    }

    /// <summary>Remembers it, in place of what was remembered of the key.</summary>
    public void Add(TKey key, TValue value)
    {
        var young = _young;
        if (young.Entries.TryAdd(key, value))
        {
            if (Interlocked.Increment(ref young.Count) == size)
            {
                Turn(young);
            }
        }
        else
        {
            young.Entries[key] = value;
        }
    }

    /// <summary>Forgets it. Not beside calls of the other two for the same key: they may bring it back.</summary>
    public void Remove(TKey key)
    {
        var young = _young;
        young.Older?.TryRemove(key, out _);
        young.Entries.TryRemove(key, out _);
    }

    private void Turn(Generation full)
    {
        lock (_turning)
        {
            if (_young == full)
            {
                _young = new Generation(full.Entries);
            }
        }
    }

    private sealed class Generation(ConcurrentDictionary<TKey, TValue>? older)
    {
        public int Count;

        public ConcurrentDictionary<TKey, TValue> Entries { get; } = new();

        public ConcurrentDictionary<TKey, TValue>? Older { get; } = older;
    }
}
