using System.Globalization;
using FsCheck;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace UnitTests.TestKit;

/// <summary>
/// Runs a property on the same samples every time, and ends soon when it does not hold: shrinking stops after a while, and one history may not hang.
/// Other samples: <c>FSCHECK_SEED=12345 dotnet test ...</c>; a failure names the seed it came from.
/// </summary>
internal static class Bounded
{
    private const ulong Seed = 20261121;
    private const int MostShrinks = 200;

    /// <summary>How long one history against a real server may take; it takes some hundredths of that.</summary>
    private static readonly TimeSpan OneHistory = TimeSpan.FromSeconds(20);

    /// <param name="property">What holds for all.</param>
    /// <param name="samples">How many are tried.</param>
    /// <param name="size">How long lists and texts may get.</param>
    public static void Check(this Property property, int samples, int size)
    {
        var seed = Environment.GetEnvironmentVariable("FSCHECK_SEED") is { } asked ? ulong.Parse(asked, CultureInfo.InvariantCulture) : Seed;
        var config = Config.QuickThrowOnFailure.WithMaxTest(samples).WithEndSize(size)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed), FSharpOption<int>.None)));
        FsCheck.CheckExtensions.Check(property, config.WithRunner(new ShrinksLittle(config.Runner, seed)));
    }

    /// <summary>The outcome of a history, or a <see cref="TimeoutException"/>.</summary>
    public static T InTime<T>(this Task<T> history) => history.WaitAsync(OneHistory).GetAwaiter().GetResult();

    /// <inheritdoc cref="InTime{T}"/>
    public static void InTime(this Task history) => history.WaitAsync(OneHistory).GetAwaiter().GetResult();

    private sealed class ShrinksLittle(IRunner inner, ulong seed) : IRunner
    {
        private int _shrinks;

        public void OnStartFixture(Type t) => inner.OnStartFixture(t);

        public void OnArguments(int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every) =>
            inner.OnArguments(ntest, args, every);

        public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink)
        {
            if (++_shrinks > MostShrinks)
            {
                throw new InvalidOperationException($"The property does not hold for {string.Join(", ", args)}, nor for something smaller (FSCHECK_SEED={seed}).");
            }

            inner.OnShrink(args, everyShrink);
        }

        public void OnFinished(string name, TestResult testResult) => inner.OnFinished(name, testResult);
    }
}
