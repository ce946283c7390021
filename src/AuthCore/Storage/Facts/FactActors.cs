namespace AuthCore.Storage.Facts;

/// <summary>Actors that are neither a person nor a client.</summary>
public static class FactActors
{
    /// <summary>The host by itself: a time was over, a limit was reached.</summary>
    public const string System = "system";

    /// <summary>The settings that the host was started with.</summary>
    public const string Configuration = "configuration";

    /// <summary>The operator's command line, while the host is stopped.</summary>
    public const string CommandLine = "command-line";

    /// <summary>A caller who has not signed in.</summary>
    public const string Anonymous = "anonymous";
}
