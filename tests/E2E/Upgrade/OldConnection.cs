using McpAuthConsole.E2ETests.Host;

namespace McpAuthConsole.E2ETests.Upgrade;

/// <summary>Who and what is in every kept data directory. Clients are named after what became of them.</summary>
internal static class OldConnection
{
    public const string Everything = "read:secret account:read write";

    /// <summary>Alive, refreshed twice, with one finished and one prepared booking.</summary>
    public const string Live = "Lives on";

    /// <summary>Alive; asked for everything and was allowed to read the sample secret only. One refresh was answered twice.</summary>
    public const string Narrower = "Was allowed less";

    /// <summary>Alive; its client is in the configuration.</summary>
    public const string Configured = "Quarterly report";

    public const string EndedByOperator = "Ended by an operator";
    public const string EndedByUser = "Ended by its user";
    public const string EndedByClient = "Ended by its client";
    public const string RefreshTokenReused = "Showed an old refresh token";
    public const string CodeReused = "Showed its code twice";

    /// <summary>Signed in twice: the older family ended when the newer was used.</summary>
    public const string Superseded = "Signed in again";

    public const string ClientDisabled = "Was disabled itself";
    public const string UserDisabled = "Has a disabled person";

    /// <summary>Nobody ever allowed it anything.</summary>
    public const string Unused = "Never used";

    /// <summary>Those that had ended; of <see cref="Superseded"/> the older family.</summary>
    public static IReadOnlyList<string> Ended { get; } =
        [EndedByOperator, EndedByUser, EndedByClient, RefreshTokenReused, CodeReused, Superseded, ClientDisabled, UserDisabled];

    /// <summary>An operator.</summary>
    public static Person Ana { get; } = new("ana@example.com", "Northern-Lights-77");

    /// <summary>A viewer who was disabled; the password is the second that he had.</summary>
    public static Person Tomas { get; } = new("tomas@example.com", "Southern-Cross-88");

    public const string ResourceServerId = "reports-resource-server";
    public const string ResourceServerSecret = "a-secret-of-a-test-and-of-nothing-else";
    public const string ConfiguredId = "quarterly-report";

    /// <summary>The settings of the host that wrote the directory, and of the one that takes it over.</summary>
    public static HostOptions Settings { get; } = HostOptions.Default with
    {
        Settings = new Dictionary<string, string>
        {
            ["RateLimits__Enabled"] = "false",
            ["Clients__0__ClientId"] = ResourceServerId,
            ["Clients__0__Name"] = "Reports resource server",
            ["Clients__0__Secret"] = ResourceServerSecret,
            ["Clients__1__ClientId"] = ConfiguredId,
            ["Clients__1__Name"] = Configured,
            ["Clients__1__RedirectUris__0"] = "http://127.0.0.1:49152/callback",
        },
    };
}
