using System.Buffers;
using AuthCore.Protocol;
using Microsoft.AspNetCore.Http;

namespace AuthCore.Http;

/// <summary>Reads a form post (RFC 6749 §3.2), or says with which error it is refused.</summary>
internal static class FormReader
{
    /// <summary>The largest body that is read, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The most parameters that are looked at.</summary>
    public const int MaxCount = 64;

    /// <summary>Reads the body of a request.</summary>
    public static async Task<FormReading> ReadAsync(HttpRequest request)
    {
        if (BodyType.ProblemOf(request, "application/x-www-form-urlencoded") is { } problem)
        {
            return Refuse(problem);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(MaxBytes + 1);
        try
        {
            var body = await RequestBody.ReadAsync(request, buffer.AsMemory(0, MaxBytes + 1));
            return body.Match<FormReading>(
                read => Parse(read.Bytes.Span),
                tooLarge => new FormReading.Refused(new OAuthError("invalid_request", "The body is too large.", StatusCodes.Status413PayloadTooLarge)),
                unreadable => new FormReading.Refused(new OAuthError("invalid_request", "The body could not be read.", unreadable.Status)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Parses an encoded form. One mistake is enough to refuse it.</summary>
    internal static FormReading Parse(ReadOnlySpan<byte> encoded)
    {
        var parameters = RequestParameters.Parse(encoded, MaxCount);
        return parameters.FirstProblem is { } problem ? Refuse(Describe(problem)) : new FormReading.Read(parameters);
    }

    private static string Describe(ParameterProblem problem) => problem switch
    {
        ParameterProblem.TooMany => "There are too many parameters.",
        ParameterProblem.NameTooLong => "A parameter's name is too long.",
        ParameterProblem.Repeated => "A parameter is included more than once.",
        _ => "A parameter is not properly encoded.",
    };

    private static FormReading.Refused Refuse(string description) => new(OAuthError.InvalidRequest(description));
}

/// <summary>What reading a form came to.</summary>
internal abstract record FormReading
{
    private FormReading()
    {
    }

    /// <summary>One function for each case.</summary>
    public abstract T Match<T>(Func<Read, T> read, Func<Refused, T> refused);

    /// <summary>A well-formed form.</summary>
    public sealed record Read(RequestParameters Parameters) : FormReading
    {
        public override T Match<T>(Func<Read, T> read, Func<Refused, T> refused) => read(this);
    }

    /// <summary>Not a form, too large, or ambiguous.</summary>
    public sealed record Refused(OAuthError Error) : FormReading
    {
        public override T Match<T>(Func<Read, T> read, Func<Refused, T> refused) => refused(this);
    }
}
