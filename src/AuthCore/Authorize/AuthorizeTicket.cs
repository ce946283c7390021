using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AuthCore.Grants;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace AuthCore.Authorize;

/// <summary>A checked authorization request that waits for a person. It travels sealed through the browser; nothing is stored until they answer.</summary>
/// <param name="TicketId">128 random bits: what can be answered only once.</param>
/// <param name="IssuedAt">When <c>/authorize</c> checked it.</param>
/// <param name="ClientId">Who asks.</param>
/// <param name="RedirectUri">Where the answer goes, checked.</param>
/// <param name="State">Given back as it came.</param>
/// <param name="Challenge">The S256 code challenge.</param>
/// <param name="Resource">What the tokens will be for, canonical.</param>
/// <param name="Scopes">What is asked, space-delimited.</param>
/// <param name="AuthenticatedSince">The person must have signed in at or after this time.</param>
/// <param name="Subject">The person whom the consent page asked; null before that.</param>
internal sealed record AuthorizeTicket(
    [property: JsonPropertyName("t")] string TicketId,
    [property: JsonPropertyName("i")] DateTimeOffset IssuedAt,
    [property: JsonPropertyName("c")] string ClientId,
    [property: JsonPropertyName("r")] string RedirectUri,
    [property: JsonPropertyName("s")] string? State,
    [property: JsonPropertyName("p")] string Challenge,
    [property: JsonPropertyName("a")] string Resource,
    [property: JsonPropertyName("o")] string Scopes,
    [property: JsonPropertyName("m")] DateTimeOffset? AuthenticatedSince,
    [property: JsonPropertyName("u")] string? Subject = null);

/// <summary>Seals and opens tickets with data protection.</summary>
internal sealed class AuthorizeTickets(IDataProtectionProvider protection, IOptions<TokenOptions> options, TimeProvider time)
{
    // Every character of a long state that JSON would escape to six makes the query longer; the result is encrypted, not embedded in HTML.
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly IDataProtector _protector = protection.CreateProtector("AuthCore.AuthorizeTicket.v1");

    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public string Seal(AuthorizeTicket ticket) => Base64Url.EncodeToString(_protector.Protect(JsonSerializer.SerializeToUtf8Bytes(ticket, Json)));

    /// <summary>Null for a ticket that was altered, made elsewhere, or is too old.</summary>
    public AuthorizeTicket? Open(string? sealedTicket)
    {
        try
        {
            var ticket = JsonSerializer.Deserialize<AuthorizeTicket>(_protector.Unprotect(Base64Url.DecodeFromChars(sealedTicket)), Json);
            return ticket?.IssuedAt + options.Value.RequestLifetime > time.GetUtcNow() ? ticket : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }
}
