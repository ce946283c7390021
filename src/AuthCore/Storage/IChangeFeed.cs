namespace AuthCore.Storage;

/// <summary>What changed; a subscriber names the topics it shows.</summary>
[Flags]
public enum ChangeTopics
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A client was registered, changed, disabled or enabled.</summary>
    Clients = 1,

    /// <summary>A family began, rotated or was revoked.</summary>
    Families = 2,

    /// <summary>Somebody was seen, or was refused by a rate limit.</summary>
    Activity = 4,

    /// <summary>A person was added or changed.</summary>
    Users = 8,

    /// <summary>The audit trail grew.</summary>
    Audit = 16,

    /// <summary>A browser session began, was used or ended.</summary>
    Sessions = 32,

    /// <summary>A check of the audit trail began, came further or ended.</summary>
    AuditCheck = 64,
}

/// <summary>Tells open pages that what they show may have changed. Carries no data: a subscriber reads again.</summary>
public interface IChangeFeed
{
    /// <summary>Calls back on any thread after a commit that touched one of the topics. The callback must return at once; dispose to stop.</summary>
    IDisposable Subscribe(ChangeTopics topics, Action changed);
}
