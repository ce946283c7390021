namespace AuthCore.Users;

/// <summary>The first administrator, for hosts that are set up without a visit. Section <c>Setup</c>; looked at only while there is no person.</summary>
public sealed class SetupOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Setup";

    /// <summary>What they sign in with; goes with <see cref="AdminPassword"/>.</summary>
    public string? AdminEmail { get; set; }

    /// <summary>Identity's rules apply.</summary>
    public string? AdminPassword { get; set; }
}
