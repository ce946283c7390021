using AuthCore.Storage;
using AuthCore.Storage.Facts;

namespace AuthCore.Users.Sessions;

/// <summary>A browser session was ended on request.</summary>
/// <param name="Sessions">The session, or the person whose sessions they were.</param>
/// <param name="Reason">Why.</param>
/// <param name="Actor">Who asked for it.</param>
/// <param name="Count">How many were ended.</param>
[FactName("session.ended")]
public sealed record SessionEnded(string Sessions, SessionEnd Reason, string Actor, int Count) : Fact
{
    /// <inheritdoc/>
    public override string Actor { get; } = Actor;

    /// <inheritdoc/>
    public override string Subject => Sessions;
}

/// <summary>For this process: these sessions ended, and their pages are told.</summary>
[FactName("sessions.ended")]
internal sealed record SessionsEnded(IReadOnlyList<string> SessionIds, string EndedBy) : Fact
{
    public override string Actor => EndedBy;

    public override string Subject => $"{SessionIds.Count} sessions";

    public override ChangeTopics Topics => ChangeTopics.Sessions;

    public override bool IsKept => false;
}

/// <summary>For this process: a session began. Its row is its record.</summary>
[FactName("session.began")]
internal sealed record SessionBegan(BrowserSession Session) : Fact
{
    public override string Actor => Session.UserId;

    public override string Subject => Session.SessionId;

    public override ChangeTopics Topics => ChangeTopics.Sessions;

    public override bool IsKept => false;
}

/// <summary>For this process: rows know when these sessions were last seen.</summary>
[FactName("sessions.seen")]
internal sealed record SessionsSeen(IReadOnlyList<(string SessionId, SessionSighting Seen)> Sightings) : Fact
{
    public override string Actor => FactActors.System;

    public override string Subject => $"{Sightings.Count} sessions";

    public override ChangeTopics Topics => ChangeTopics.Sessions;

    public override bool IsKept => false;
}
