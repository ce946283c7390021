using AuthCore.Protocol;

namespace McpEndpoint.Tools;

/// <summary>Text that came from a model or a client, fit to be logged and to be shown to the person who decides.</summary>
internal static class DisplayText
{
    /// <inheritdoc cref="UntrustedText.Clean(string?, int)"/>
    public static string Clean(string text, int maxLength) => UntrustedText.Clean(text, maxLength);
}
