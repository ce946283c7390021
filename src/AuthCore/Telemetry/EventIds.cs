namespace AuthCore.Telemetry;

/// <summary>The first event number of each feature; a feature has a hundred. Numbers are never used again for something else. The MCP endpoint counts from 2000, the console from 3000.</summary>
internal static class EventIds
{
    /// <summary>Start, configuration, storage.</summary>
    public const int Storage = 100;

    /// <summary>Keys.</summary>
    public const int Keys = 200;

    /// <summary>People and first run.</summary>
    public const int Users = 300;

    /// <summary>Clients and registration.</summary>
    public const int Clients = 400;

    /// <summary>Rate limits.</summary>
    public const int RateLimits = 500;

    /// <summary>Audit.</summary>
    public const int Audit = 600;

    /// <summary>Hooks of the host.</summary>
    public const int Hooks = 700;

    /// <summary><c>/authorize</c> and consent.</summary>
    public const int Authorize = 1000;

    /// <summary><c>/token</c>.</summary>
    public const int Token = 1100;

    /// <summary>Token families.</summary>
    public const int Families = 1200;

    /// <summary>Revocation and introspection.</summary>
    public const int Revocation = 1300;

    /// <summary>Access tokens at the resource.</summary>
    public const int ResourceServer = 1400;
}
