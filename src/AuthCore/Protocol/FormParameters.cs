using System.Buffers;
using System.Diagnostics;
using AuthCore.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AuthCore.Protocol;

/// <summary>
/// The parameters of a form post (RFC 6749 §3.2). An empty one counts as left out, and none appears twice except <c>resource</c> (RFC 8707 §2).
/// </summary>
internal sealed class FormParameters
{
    /// <summary>The largest body that is read, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The most parameters that are looked at.</summary>
    public const int MaxCount = 64;

    /// <summary>The longest name, in bytes before decoding.</summary>
    public const int MaxNameLength = 256;

    private const string Repeatable = "resource";

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<string> _resources = [];

    private FormParameters()
    {
    }

    /// <summary>Every value of the only parameter that may be repeated.</summary>
    public IReadOnlyList<string> Resources => _resources;

    /// <summary>The value of a parameter, never empty; null when it was left out.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Reads the body of a request.</summary>
    public static async Task<FormReading> ReadAsync(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return Refuse("The body must be application/x-www-form-urlencoded.");
        }

        if (!BodyCharset.IsUtf8(type))
        {
            return Refuse("The charset must be utf-8, or left out.");
        }

        var buffer = ArrayPool<byte>.Shared.Rent(MaxBytes + 1);
        try
        {
            return await RequestBody.ReadAsync(request, buffer.AsMemory(0, MaxBytes + 1)) switch
            {
                BodyReading.Read(var body) => Parse(body.Span),
                BodyReading.TooLarge => TooLarge(),
                BodyReading.Unreadable(var status) => new FormReading.Refused(new OAuthError("invalid_request", "The body could not be read.", status)),
                _ => throw new UnreachableException(),
            };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    /// <summary>Parses an encoded form, or a query without its question mark.</summary>
    public static FormReading Parse(ReadOnlySpan<byte> encoded)
    {
        var parameters = new FormParameters();
        var count = 0;
        foreach (var range in encoded.Split((byte)'&'))
        {
            var pair = encoded[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            if (++count > MaxCount)
            {
                return Refuse("There are too many parameters.");
            }

            if (parameters.Add(pair) is { } problem)
            {
                return Refuse(problem);
            }
        }

        return new FormReading.Read(parameters);
    }

    private string? Add(ReadOnlySpan<byte> pair)
    {
        var equals = pair.IndexOf((byte)'=');
        var encodedName = equals < 0 ? pair : pair[..equals];
        if (encodedName.Length > MaxNameLength)
        {
            return "A parameter's name is too long.";
        }

        if (!FormEncoding.TryDecode(encodedName, out var name) || !FormEncoding.TryDecode(equals < 0 ? [] : pair[(equals + 1)..], out var value))
        {
            return "A parameter is not properly encoded.";
        }

        if (value.Length == 0)
        {
            return null;
        }

        if (name == Repeatable)
        {
            _resources.Add(value);
            return null;
        }

        return _values.TryAdd(name, value) ? null : "A parameter is included more than once.";
    }

    private static FormReading.Refused Refuse(string description) => new(OAuthError.InvalidRequest(description));

    private static FormReading.Refused TooLarge() =>
        new(new OAuthError("invalid_request", "The body is too large.", StatusCodes.Status413PayloadTooLarge));
}

/// <summary>What reading a form came to.</summary>
internal abstract record FormReading
{
    private FormReading()
    {
    }

    /// <summary>A well-formed form.</summary>
    public sealed record Read(FormParameters Parameters) : FormReading;

    /// <summary>Not a form, too large, or ambiguous.</summary>
    public sealed record Refused(OAuthError Error) : FormReading;
}
