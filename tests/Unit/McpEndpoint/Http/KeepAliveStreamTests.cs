using System.Text;
using McpEndpoint.Http;
using Microsoft.Extensions.Logging.Abstractions;
using UnitTests.TestKit;

namespace UnitTests.McpEndpoint.Http;

public sealed class KeepAliveStreamTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly SignallingStream _response = new();
    private int _firstBytes;

    public void Dispose() => _response.Dispose();

    [Fact]
    public async Task Silence_is_filled_with_comments()
    {
        await using var stream = new KeepAliveStream(_response, () => _firstBytes++, _time, NullLogger.Instance);

        _time.Advance(KeepAliveStream.Period);
        await _response.WrittenAsync();

        _response.Text.ShouldBe(": keep-alive\n\n");
    }

    [Fact]
    public async Task A_comment_never_cuts_an_event_in_two()
    {
        await using var stream = new KeepAliveStream(_response, () => _firstBytes++, _time, NullLogger.Instance);

        using var ticked = new SemaphoreSlim(0);
        stream.TickHandled = () => ticked.Release();

        await stream.WriteAsync("data: half"u8.ToArray());
        _time.Advance(KeepAliveStream.Period);
        await ticked.WaitAsync(TimeSpan.FromSeconds(30));
        await stream.WriteAsync(" whole\n\n"u8.ToArray());
        _time.Advance(KeepAliveStream.Period);
        await ticked.WaitAsync(TimeSpan.FromSeconds(30));

        _response.Text.ShouldBe("data: half whole\n\n: keep-alive\n\n");
    }

    [Fact]
    public async Task Headers_wait_for_the_first_byte()
    {
        await using var stream = new KeepAliveStream(_response, () => _firstBytes++, _time, NullLogger.Instance);

        await stream.FlushAsync();
        _response.Flushes.ShouldBe(0);
        _firstBytes.ShouldBe(0);

        await stream.WriteAsync("data: x\n\n"u8.ToArray());
        await stream.WriteAsync("data: y\n\n"u8.ToArray());
        await stream.FlushAsync();
        _response.Flushes.ShouldBe(1);
        _firstBytes.ShouldBe(1);
    }

    private sealed class SignallingStream : MemoryStream
    {
        private readonly SemaphoreSlim _written = new(0);

        public int Flushes { get; private set; }

        public string Text => Encoding.UTF8.GetString(ToArray());

        public async Task WrittenAsync() => (await _written.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await base.WriteAsync(buffer, cancellationToken);
            _written.Release();
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            Flushes++;
            return Task.CompletedTask;
        }
    }
}
