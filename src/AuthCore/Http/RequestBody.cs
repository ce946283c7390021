using Microsoft.AspNetCore.Http;

namespace AuthCore.Http;

/// <summary>Reads the body of a request into memory, up to a limit. Whatever is wrong with it is the sender's mistake.</summary>
internal static class RequestBody
{
    /// <summary>Fills the buffer, which has room for one byte more than is allowed.</summary>
    public static async Task<BodyReading> ReadAsync(HttpRequest request, Memory<byte> buffer)
    {
        if (request.ContentLength >= buffer.Length)
        {
            return new BodyReading.TooLarge();
        }

        try
        {
            // Without a token: who hangs up ends the reading by that, and a read that is given up half-way is an error in the server's log.
            var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
            return length < buffer.Length ? new BodyReading.Read(buffer[..length]) : new BodyReading.TooLarge();
        }
        catch (BadHttpRequestException broken)
        {
            return broken.StatusCode == StatusCodes.Status413PayloadTooLarge ? new BodyReading.TooLarge() : new BodyReading.Unreadable(broken.StatusCode);
        }
        catch (IOException)
        {
            // A chunk whose size is impossible; the server knows no better name for it.
            return new BodyReading.Unreadable(StatusCodes.Status400BadRequest);
        }
    }
}

/// <summary>What became of reading a body.</summary>
internal abstract record BodyReading
{
    private BodyReading()
    {
    }

    /// <summary>One function for each case.</summary>
    public abstract T Match<T>(Func<Read, T> read, Func<TooLarge, T> tooLarge, Func<Unreadable, T> unreadable);

    /// <summary>All of it.</summary>
    public sealed record Read(Memory<byte> Bytes) : BodyReading
    {
        public override T Match<T>(Func<Read, T> read, Func<TooLarge, T> tooLarge, Func<Unreadable, T> unreadable) => read(this);
    }

    /// <summary>More than is read here.</summary>
    public sealed record TooLarge : BodyReading
    {
        public override T Match<T>(Func<Read, T> read, Func<TooLarge, T> tooLarge, Func<Unreadable, T> unreadable) => tooLarge(this);
    }

    /// <summary>Not framed as HTTP/1.1 asks, too slow, or cut off.</summary>
    public sealed record Unreadable(int Status) : BodyReading
    {
        public override T Match<T>(Func<Read, T> read, Func<TooLarge, T> tooLarge, Func<Unreadable, T> unreadable) => unreadable(this);
    }
}
