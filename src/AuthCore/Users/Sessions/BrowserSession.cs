namespace AuthCore.Users.Sessions;

/// <summary>
/// One sign-in in one browser. Its identifier is no secret: what signs a request in is the sealed cookie that carries it, and the row
/// decides whether that cookie still counts.
/// </summary>
internal sealed class BrowserSession
{
    /// <summary>128 random bits as 32 hexadecimal digits; a new one with every sign-in.</summary>
    public required string SessionId { get; init; }

    public required string UserId { get; init; }

    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>When the person last showed their password in it.</summary>
    public required DateTimeOffset AuthenticatedAt { get; init; }

    public string? BegunFrom { get; init; }

    /// <summary>As the browser says, cleaned and cut.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Up to a minute behind what is known in memory.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    public string? LastSeenFrom { get; set; }

    /// <summary>Null while it is alive.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public SessionEnd? EndedBy { get; set; }

    /// <summary>The user identifier of who ended it, or <c>system</c>.</summary>
    public string? EndedByActor { get; set; }
}
