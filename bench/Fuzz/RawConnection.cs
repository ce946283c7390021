using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bench.Fuzz;

/// <summary>What came back.</summary>
/// <param name="Status">The HTTP status; 0 when the server closed without an answer, 1 when it went on for too long.</param>
/// <param name="Body">The beginning of the body, as Latin-1.</param>
/// <param name="Reusable">Whether another request may follow on this connection.</param>
internal sealed record RawAnswer(int Status, string Body, bool Reusable)
{
    public static RawAnswer None { get; } = new(0, "", false);

    public static RawAnswer Endless { get; } = new(1, "", false);
}

/// <summary>HTTP/1.1 without a library between: what is to be sent is often not HTTP.</summary>
internal sealed class RawConnection(IPEndPoint server) : IDisposable
{
    private const int MaxKept = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly byte[] _buffer = new byte[64 * 1024];
    private Socket? _socket;
    private int _begin;
    private int _end;

    /// <summary>Sends and reads the answer to its end.</summary>
    public async Task<RawAnswer> SendAsync(FuzzRequest request)
    {
        using var patience = new CancellationTokenSource(request.HangsUp ? TimeSpan.FromMilliseconds(3) : Patience);
        var answer = RawAnswer.None;
        try
        {
            await ConnectAsync(patience.Token);
            var sending = SendAllAsync(request, patience.Token);
            answer = await ReadAnswerAsync(request.IsHead, patience.Token);
            await sending;
        }
        catch (OperationCanceledException)
        {
            answer = answer.Status == 0 ? RawAnswer.Endless : answer with { Reusable = false };
        }
        catch (Exception gone) when (gone is SocketException or IOException or FormatException or OverflowException)
        {
            answer = answer with { Reusable = false };
        }

        if (!answer.Reusable || request.Closes)
        {
            Dispose();
        }

        return answer;
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
        _begin = _end = 0;
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (_socket is null)
        {
            _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await _socket.ConnectAsync(server, cancellationToken);
        }
    }

    private async Task SendAllAsync(FuzzRequest request, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> bytes = request.Bytes;
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[await _socket!.SendAsync(bytes, cancellationToken)..];
            }

            if (request.Closes && !request.HangsUp)
            {
                // Nothing more comes: a server that waits for the rest of a body learns it now.
                _socket!.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The server may well answer and close before it has read everything.
        }
    }

    private async Task<RawAnswer> ReadAnswerAsync(bool isHead, CancellationToken cancellationToken)
    {
        int status;
        long length;
        bool chunked, closes;
        do
        {
            var first = await ReadLineAsync(cancellationToken);
            status = int.Parse(first.AsSpan(9, 3), CultureInfo.InvariantCulture);
            (length, chunked, closes) = await ReadHeadersAsync(cancellationToken);
        }
        while (status == 100);

        var body = new StringBuilder();
        if (isHead || status is 204 or 304)
        {
            return new RawAnswer(status, "", !closes);
        }

        if (chunked)
        {
            for (long size; (size = long.Parse((await ReadLineAsync(cancellationToken)).Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture)) > 0;)
            {
                await ReadBodyAsync(body, size, cancellationToken);
                await ReadLineAsync(cancellationToken);
            }

            await ReadLineAsync(cancellationToken);
        }
        else
        {
            await ReadBodyAsync(body, Math.Max(0, length), cancellationToken);
        }

        return new RawAnswer(status, body.ToString(), !closes && (chunked || length >= 0));
    }

    private async Task<(long Length, bool Chunked, bool Closes)> ReadHeadersAsync(CancellationToken cancellationToken)
    {
        var (length, chunked, closes) = (-1L, false, false);
        for (string line; (line = await ReadLineAsync(cancellationToken)).Length > 0;)
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                length = long.Parse(line.AsSpan(15), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("Transfer-Encoding:", StringComparison.OrdinalIgnoreCase))
            {
                chunked = true;
            }
            else if (line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase))
            {
                closes = line.Contains("close", StringComparison.OrdinalIgnoreCase);
            }
        }

        return (length, chunked, closes);
    }

    private async Task ReadBodyAsync(StringBuilder body, long length, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            await FillAsync(cancellationToken);
            var taken = (int)Math.Min(length, _end - _begin);
            if (body.Length < MaxKept)
            {
                body.Append(Encoding.Latin1.GetString(_buffer, _begin, taken));
            }

            _begin += taken;
            length -= taken;
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            await FillAsync(cancellationToken);
            var end = _buffer.AsSpan(_begin, _end - _begin).IndexOf((byte)'\n');
            var taken = end < 0 ? _end - _begin : end + 1;
            line.Append(Encoding.Latin1.GetString(_buffer, _begin, taken));
            _begin += taken;
            if (end >= 0)
            {
                return line.ToString().TrimEnd('\r', '\n');
            }
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (_begin < _end)
        {
            return;
        }

        _begin = 0;
        _end = await _socket!.ReceiveAsync(_buffer, cancellationToken);
        if (_end == 0)
        {
            throw new IOException("Closed.");
        }
    }
}
