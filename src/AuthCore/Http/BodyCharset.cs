using Microsoft.Net.Http.Headers;

namespace AuthCore.Http;

/// <summary>The charset that a request says its body has.</summary>
public static class BodyCharset
{
    /// <summary>Whether a media type says UTF-8 or nothing (RFC 8259 §8.1, RFC 6749 Appendix B): bodies are read as nothing else.</summary>
    public static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
