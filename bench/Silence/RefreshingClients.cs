using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Bench.Silence;

/// <summary>Clients that refresh all the time, one request after the other, while something else goes on.</summary>
internal sealed class RefreshingClients(OAuthClient client, string[] tokens)
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(2);

    /// <summary>Prints how long nobody was answered, and how long answers took, while it went on.</summary>
    public async Task MeasureAsync(string what, Func<Task> goesOn)
    {
        var answers = new ConcurrentBag<(long At, double Took)>();
        using var over = new CancellationTokenSource();
        var clients = Enumerable.Range(0, tokens.Length).Select(index => Task.Run(() => RefreshAsync(index, answers, over.Token))).ToArray();
        await Task.Delay(Before, CancellationToken.None);
        var from = Stopwatch.GetTimestamp();
        await goesOn();
        var to = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
        await over.CancelAsync();
        await Task.WhenAll(clients);

        // An answer that came after the end may have waited within it.
        var answered = answers.OrderBy(answer => answer.At).ToArray();
        var within = answered.Where(answer => answer.At >= from && answer.At - (long)(answer.Took * Stopwatch.Frequency / 1000) <= to).ToArray();
        var silence = within.Zip(within.Skip(1), (one, next) => Stopwatch.GetElapsedTime(one.At, next.At).TotalMilliseconds).DefaultIfEmpty(0).Max();
        double[] took = [.. within.Select(answer => answer.Took).Order()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {Stopwatch.GetElapsedTime(from, to).TotalSeconds:0.0} | **{silence:0}** | {At(took, 0.5):0} | {At(took, 0.99):0} | {At(took, 1):0} | {took.Length / Stopwatch.GetElapsedTime(from, to).TotalSeconds:0} |"));
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    private async Task RefreshAsync(int index, ConcurrentBag<(long, double)> answers, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var begun = Stopwatch.GetTimestamp();
            tokens[index] = (await client.RefreshAsync(tokens[index]) ?? throw new InvalidOperationException("A live refresh token was refused.")).Refresh;
            answers.Add((Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(begun).TotalMilliseconds));
        }
    }
}
