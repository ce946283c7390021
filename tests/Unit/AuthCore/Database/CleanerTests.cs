using AuthCore.Database;
using AuthCore.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Database;

public sealed class CleanerTests
{
    private readonly ManualTime _time = new();
    private readonly Lines _lines = new();

    [Fact]
    public async Task One_that_fails_does_not_keep_the_others_from_their_turn_and_is_logged_once()
    {
        Scripted failing = new("failing"), other = new("other");
        using var cleaner = Cleaner(failing, other);
        failing.Throws = new InvalidTimeZoneException("first");
        await TurnsAsync(cleaner, 3);
        other.Turns.ShouldBe(3);
        failing.Turns.ShouldBe(3);
        _lines.Count(LogLevel.Warning).ShouldBe(1);

        failing.Throws = new InvalidTimeZoneException("second");
        await TurnsAsync(cleaner, 2);
        _lines.Count(LogLevel.Warning).ShouldBe(2);

        failing.Throws = null;
        await TurnsAsync(cleaner, 2);
        _lines.Count(LogLevel.Information).ShouldBe(1, "it says that it works again");
    }

    [Fact]
    public async Task The_loop_outlives_whatever_is_thrown_and_ends_with_the_host()
    {
        Scripted failing = new("failing") { Throws = new OperationCanceledException("not by the host") };
        using var cleaner = Cleaner(failing);
        await cleaner.StartAsync(CancellationToken.None);
        for (var turn = 1; turn <= 3; turn++)
        {
            await failing.HadAsync(turn);
            _time.Advance(TimeSpan.FromMinutes(5));
        }

        await failing.HadAsync(4);
        cleaner.ExecuteTask!.IsCompleted.ShouldBeFalse();
        await cleaner.StopAsync(CancellationToken.None);
        cleaner.ExecuteTask.IsFaulted.ShouldBeFalse();
    }

    private Cleaner Cleaner(params ICleanup[] cleanups) => new(cleanups, Options.Create(new DatabaseOptions()), _time, _lines);

    private static async Task TurnsAsync(Cleaner cleaner, int count)
    {
        for (var turn = 0; turn < count; turn++)
        {
            await cleaner.CleanAsync(CancellationToken.None);
        }
    }

    private sealed class Scripted(string what) : ICleanup
    {
        private readonly SemaphoreSlim _turns = new(0);
        private int _awaited;

        public string What => what;

        public int Turns { get; private set; }

        public Exception? Throws { get; set; }

        public Task CleanAsync(CancellationToken cancellationToken)
        {
            Turns++;
            _turns.Release();
            return Throws is null ? Task.CompletedTask : Task.FromException(Throws);
        }

        public async Task HadAsync(int turns)
        {
            for (; _awaited < turns; _awaited++)
            {
                await _turns.WaitAsync();
            }
        }
    }

    private sealed class Lines : ILogger<Cleaner>
    {
        private readonly List<LogLevel> _levels = [];

        public int Count(LogLevel level) => _levels.Count(line => line == level);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _levels.Add(logLevel);
    }
}
