using Microsoft.Extensions.Logging;

namespace McpEndpoint.Http;

/// <summary>
/// The response of a call that may take long. Comments keep proxies and clients from giving up; they stand between events only. Headers go out
/// with the first byte, so that an early error still has its status.
/// </summary>
internal sealed class KeepAliveStream : Stream
{
    /// <summary>Well below the idle time-outs of proxies, well above the time in which errors show.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private static readonly byte[] Comment = ": keep-alive\n\n"u8.ToArray();

    private readonly Stream _inner;
    private readonly Action _beforeFirstByte;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly PeriodicTimer _timer;
    private readonly Task _keepAlive;
    private bool _hasWritten;
    private byte _lastButOne = (byte)'\n';
    private byte _last = (byte)'\n';

    /// <summary>Wraps the response.</summary>
    /// <param name="inner">The response.</param>
    /// <param name="beforeFirstByte">The last moment at which a status can be chosen.</param>
    /// <param name="time">Paces the comments.</param>
    /// <param name="logger">Hears of clients that went away.</param>
    public KeepAliveStream(Stream inner, Action beforeFirstByte, TimeProvider time, ILogger logger)
    {
        _inner = inner;
        _beforeFirstByte = beforeFirstByte;
        _logger = logger;
        _timer = new PeriodicTimer(Period, time);
        _keepAlive = KeepAliveAsync();
    }

    /// <summary>Called after every tick, whether or not it wrote a comment. For tests, whose clock runs ahead of the pool's threads.</summary>
    internal Action TickHandled { get; set; } = () => { };

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await WriteInTurnAsync(buffer, cancellationToken);
            Remember(buffer.Span);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Responses are written asynchronously.");

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_hasWritten)
            {
                await _inner.FlushAsync(cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Flush() => throw new NotSupportedException("Responses are written asynchronously.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _keepAlive;
        _turn.Dispose();
        await base.DisposeAsync();
    }

    private async Task KeepAliveAsync()
    {
        try
        {
            while (await _timer.WaitForNextTickAsync())
            {
                await _turn.WaitAsync();
                try
                {
                    if (_lastButOne == '\n' && _last == '\n')
                    {
                        await WriteInTurnAsync(Comment, CancellationToken.None);
                        await _inner.FlushAsync();
                    }
                }
                finally
                {
                    _turn.Release();
                    TickHandled();
                }
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The call itself learns of it by its own token.
            Log.KeepAliveStopped(_logger);
        }
    }

    private ValueTask WriteInTurnAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!_hasWritten)
        {
            _hasWritten = true;
            _beforeFirstByte();
        }

        return _inner.WriteAsync(buffer, cancellationToken);
    }

    private void Remember(ReadOnlySpan<byte> written)
    {
        if (written.IsEmpty)
        {
            return;
        }

        _lastButOne = written.Length > 1 ? written[^2] : _last;
        _last = written[^1];
    }
}
