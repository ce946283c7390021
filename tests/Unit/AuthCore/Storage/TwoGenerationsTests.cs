using AuthCore.Storage;
using FsCheck;
using FsCheck.Fluent;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Storage;

public sealed class TwoGenerationsTests
{
    private const int Size = 8;

    [Fact]
    public void What_was_used_within_one_generation_is_remembered_and_never_more_than_two_generations_are() => Prop.ForAll(
        Gen.Choose(0, 40).ListOf().Select(keys => keys.ToArray()).ToArbitrary(),
        keys =>
        {
            var memory = new TwoGenerations<int, string>(Size);
            var lately = new List<int>();
            foreach (var key in keys)
            {
                var found = memory.TryGet(key, out var value);
                var distinct = lately.AsEnumerable().Reverse().TakeWhile(other => other != key).Distinct().Count();
                if ((lately.Contains(key) && distinct < Size && !found) || (found && value != $"{key}"))
                {
                    return false;
                }

                memory.Add(key, $"{key}");
                lately.Add(key);
            }

            return Enumerable.Range(0, 41).Count(key => Peek(keys, key)) <= 2 * Size;
        }).Check(samples: 300, size: 200);

    [Fact]
    public void What_was_asked_for_outlives_what_was_not()
    {
        var memory = new TwoGenerations<int, int>(Size);
        memory.Add(-1, -1);
        for (var i = 0; i < 10 * Size; i++)
        {
            memory.Add(i, i);
            memory.TryGet(-1, out _).ShouldBeTrue();
        }

        memory.TryGet(0, out _).ShouldBeFalse();
    }

    [Fact]
    public void What_was_removed_or_replaced_is_not_found_in_either_generation()
    {
        var memory = new TwoGenerations<int, int>(2);
        memory.Add(1, 1);
        memory.Add(2, 2);
        memory.Add(1, 11);
        memory.TryGet(1, out var value).ShouldBeTrue();
        value.ShouldBe(11);
        memory.Remove(1);
        memory.TryGet(1, out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Many_threads_at_once_lose_nothing_that_two_generations_hold()
    {
        var memory = new TwoGenerations<int, int>(100_000);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (var key = worker; key < 160_000; key += 8)
            {
                memory.Add(key, key);
            }
        })));
        // Asking keeps what is asked for, so that all of them would be too many.
        Enumerable.Range(0, 160_000).Where(key => key % 9 == 0).Count(key => !memory.TryGet(key, out var value) || value != key).ShouldBe(0);
    }

    /// <summary>Whether a key is still there after all of these, asked of a memory of its own, because asking keeps it.</summary>
    private static bool Peek(int[] keys, int key)
    {
        var memory = new TwoGenerations<int, string>(Size);
        foreach (var one in keys)
        {
            memory.TryGet(one, out _);
            memory.Add(one, $"{one}");
        }

        return memory.TryGet(key, out _);
    }
}
