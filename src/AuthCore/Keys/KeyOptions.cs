namespace AuthCore.Keys;

/// <summary>Where the master key comes from. Section <c>Keys</c>.</summary>
public sealed class KeyOptions
{
    /// <summary>The section's name.</summary>
    internal const string Section = "Keys";

    /// <summary>The file that holds the master key, 32 bytes in base64; relative to the data directory. Made on first run, readable by its owner alone. Empty is not set.</summary>
    public string MasterKeyFile { get; set => field = string.IsNullOrWhiteSpace(value) ? field : value; } = "master.key";

    /// <summary>The master key itself, 32 bytes in base64, for hosts that get secrets from their environment. No file is made or read then. Empty is not set.</summary>
    public string? MasterKey { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value; }
}
