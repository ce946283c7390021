namespace AuthCore.Users;

/// <summary>
/// A caller reached a directory without the role that it asks for: a page that forgot its policy, or a role that was taken away while the
/// page was open. The refusal is in the audit trail; the page shows "access denied".
/// </summary>
public sealed class AccessDeniedException : Exception
{
    internal AccessDeniedException(string requiredRole)
        : base($"The role '{requiredRole}' is needed.") => RequiredRole = requiredRole;

    /// <summary>The least role that would have been enough.</summary>
    public string RequiredRole { get; }
}
