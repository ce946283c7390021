using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AuthCore.Http;

/// <summary>What a request says its body is.</summary>
internal static class BodyType
{
    /// <summary>Why a body is not read; null for the one media type in UTF-8, whether it says so or nothing (RFC 8259 §8.1, RFC 6749 Appendix B).</summary>
    /// <param name="request">The request.</param>
    /// <param name="mediaType">The one that is read.</param>
    public static string? ProblemOf(HttpRequest request, string mediaType)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        {
            return $"The body must be {mediaType}.";
        }

        return !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? null
            : "The charset must be utf-8, or left out.";
    }
}
