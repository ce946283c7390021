namespace McpEndpoint.Http.Envelope;

/// <summary>The revisions of the protocol that are served: one without a handshake, and those that begin with <c>initialize</c>.</summary>
internal static class ProtocolVersions
{
    /// <summary>Every request carries its own version and capabilities in <c>_meta</c>.</summary>
    public const string Modern = "2026-07-28";

    /// <summary>The newest that begins with <c>initialize</c>.</summary>
    public const string NewestLegacy = "2025-11-25";

    // Not offered in errors: a client that is told of a version by -32022 speaks the modern protocol.
    private static readonly string[] Legacy = ["2024-11-05", "2025-03-26", "2025-06-18", NewestLegacy];

    public static bool IsKnown(string version) => version == Modern || IsLegacy(version);

    public static bool IsLegacy(string version) => Legacy.Contains(version);
}
