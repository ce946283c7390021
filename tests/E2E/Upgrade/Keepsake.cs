using System.Text.Json;

namespace McpAuthConsole.E2ETests.Upgrade;

/// <summary>
/// What clients and browsers of an older version still hold, kept beside its data directory: secrets of a test, worth nothing anywhere else. Clients are
/// named after what became of them (<see cref="OldConnection"/>).
/// </summary>
internal sealed record Keepsake(
    string Commit, DateTimeOffset MadeAt, Uri Origin, IReadOnlyDictionary<string, string> ClientIds, IReadOnlyDictionary<string, string> RefreshTokens,
    string SessionCookie, string DeviceCookie, string FinishedConfirmation, string FinishedAnswer, string PreparedConfirmation, string PreparedSlot)
{
    /// <summary>Its name in the archive.</summary>
    public const string FileName = "keepsake.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string ToJson() => JsonSerializer.Serialize(this, Indented);

    public static Keepsake Parse(Stream json) => JsonSerializer.Deserialize<Keepsake>(json) ?? throw new InvalidOperationException("An empty keepsake.");
}
