using System.Text.Json;
using System.Text.Unicode;
using AuthCore.Http;
using Microsoft.AspNetCore.Http;

namespace AuthCore.Registration;

/// <summary>Reads the JSON object of a registration (RFC 7591 §3.1): small, shallow, unambiguous UTF-8, or refused before anything looks into it.</summary>
internal static class RegistrationBody
{
    /// <summary>The largest body that is read, in bytes.</summary>
    public const int MaxBytes = 20 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    public static async Task<RegistrationBodyReading> ReadAsync(HttpRequest request)
    {
        if (BodyType.ProblemOf(request, "application/json") is { } problem)
        {
            return Refuse(problem);
        }

        var body = await RequestBody.ReadAsync(request, new byte[MaxBytes + 1]);
        return body.Match<RegistrationBodyReading>(
            read => Parse(read.Bytes),
            tooLarge => TooLarge(),
            unreadable => new RegistrationBodyReading.Refused(new OAuthError("invalid_client_metadata", "The body could not be read.", unreadable.Status)));
    }

    internal static RegistrationBodyReading Parse(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
        {
            return Refuse("The body is not UTF-8.");
        }

        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new RegistrationBodyReading.Read(document.RootElement.Clone())
                : Refuse("The body is not a JSON object.");
        }
        catch (JsonException)
        {
            return Refuse("The body is not a JSON object without duplicate members and with few levels.");
        }
    }

    private static RegistrationBodyReading.Refused Refuse(string description) => new(OAuthError.InvalidClientMetadata(description));

    private static RegistrationBodyReading.Refused TooLarge() =>
        new(new OAuthError("invalid_client_metadata", "The body is too large.", StatusCodes.Status413PayloadTooLarge));
}

/// <summary>What reading a registration came to.</summary>
internal abstract record RegistrationBodyReading
{
    private RegistrationBodyReading()
    {
    }

    /// <summary>Answers for each case.</summary>
    public abstract T Match<T>(Func<Read, T> read, Func<Refused, T> refused);

    /// <summary>A JSON object.</summary>
    public sealed record Read(JsonElement Object) : RegistrationBodyReading
    {
        public override T Match<T>(Func<Read, T> read, Func<Refused, T> refused) => read(this);
    }

    /// <summary>Something else.</summary>
    public sealed record Refused(OAuthError Error) : RegistrationBodyReading
    {
        public override T Match<T>(Func<Read, T> read, Func<Refused, T> refused) => refused(this);
    }
}
