using Microsoft.AspNetCore.Identity;

namespace AuthCore.Users;

/// <summary>A person: an operator of the console, an end user, or both.</summary>
public sealed class AuthUser : IdentityUser
{
    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the account was disabled; null while it may be used. A disabled person cannot sign in and none of their tokens is accepted.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
}
