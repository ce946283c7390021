namespace McpEndpoint.Confirmation;

/// <summary>How far a pending action has come. The numbers are stored.</summary>
internal enum PendingActionState
{
    /// <summary>Shown to the caller, not confirmed.</summary>
    Prepared = 0,

    /// <summary>Redeemed; an action outside the database is being carried out.</summary>
    Executing = 1,

    /// <summary>Carried out.</summary>
    Done = 2,

    /// <summary>Not carried out; it can be prepared again.</summary>
    Failed = 3,

    /// <summary>Redeemed, and the process or the action ended before its outcome was known. It is never run again.</summary>
    Unknown = 4,
}
