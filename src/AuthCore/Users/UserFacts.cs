using AuthCore.Storage;
using AuthCore.Storage.Facts;

namespace AuthCore.Users;

/// <summary>A person changed their password, which ends their sessions and revokes what clients may do in their name.</summary>
/// <param name="UserId">Which person.</param>
/// <param name="FamilyIds">The families that were revoked in this unit; of a person with very many, most were revoked before it, as <c>user.connections_revoked</c>.</param>
/// <param name="Codes">How many codes on their way to a client were invalidated.</param>
[FactName("password.changed")]
public sealed record PasswordChanged(string UserId, IReadOnlyList<string> FamilyIds, int Codes) : Fact
{
    /// <inheritdoc/>
    public override string Actor => UserId;

    /// <inheritdoc/>
    public override string Subject => UserId;

    /// <inheritdoc/>
    public override ChangeTopics Topics => ChangeTopics.Users;
}

/// <summary>An operator gave a person another password.</summary>
/// <param name="UserId">Which person.</param>
/// <param name="Actor">Who asked for it.</param>
/// <param name="FamilyIds">The families that were revoked with it.</param>
/// <param name="Codes">How many codes on their way to a client were invalidated.</param>
[FactName("user.password_reset")]
public sealed record PasswordReset(string UserId, string Actor, IReadOnlyList<string> FamilyIds, int Codes) : Fact
{
    /// <inheritdoc/>
    public override string Actor { get; } = Actor;

    /// <inheritdoc/>
    public override string Subject => UserId;

    /// <inheritdoc/>
    public override ChangeTopics Topics => ChangeTopics.Users;
}

/// <summary>A person was added.</summary>
/// <param name="UserId">Which person.</param>
/// <param name="Email">Their address.</param>
/// <param name="Role">Their role; null for an end user.</param>
/// <param name="Actor">Who asked for it.</param>
[FactName("user.added")]
public sealed record UserAdded(string UserId, string Email, string? Role, string Actor) : Fact
{
    /// <inheritdoc/>
    public override string Actor { get; } = Actor;

    /// <inheritdoc/>
    public override string Subject => UserId;

    /// <inheritdoc/>
    public override ChangeTopics Topics => ChangeTopics.Users;
}

/// <summary>A person was given another role.</summary>
/// <param name="UserId">Which person.</param>
/// <param name="Role">The role; null for none.</param>
/// <param name="Actor">Who asked for it.</param>
[FactName("user.role_set")]
public sealed record UserRoleSet(string UserId, string? Role, string Actor) : Fact
{
    /// <inheritdoc/>
    public override string Actor { get; } = Actor;

    /// <inheritdoc/>
    public override string Subject => UserId;

    /// <inheritdoc/>
    public override ChangeTopics Topics => ChangeTopics.Users;
}

/// <summary>A person was disabled: nothing of them is accepted any more.</summary>
/// <param name="UserId">Which person.</param>
/// <param name="Actor">Who asked for it.</param>
/// <param name="FamilyIds">The families that were revoked in this unit; of a person with very many, the others follow as <c>user.connections_revoked</c>.</param>
/// <param name="Codes">How many codes on their way to a client were invalidated.</param>
[FactName("user.disabled")]
public sealed record UserDisabled(string UserId, string Actor, IReadOnlyList<string> FamilyIds, int Codes) : Fact
{
    /// <inheritdoc/>
    public override string Actor { get; } = Actor;

    /// <inheritdoc/>
    public override string Subject => UserId;

    /// <inheritdoc/>
    public override ChangeTopics Topics => ChangeTopics.Users;
}

/// <summary>A disabled person was enabled. What was revoked stays revoked.</summary>
/// <param name="UserId">Which person.</param>
/// <param name="Actor">Who asked for it.</param>
[FactName("user.enabled")]
public sealed record UserEnabled(string UserId, string Actor) : Fact
{
    /// <inheritdoc/>
    public override string Actor { get; } = Actor;

    /// <inheritdoc/>
    public override string Subject => UserId;

    /// <inheritdoc/>
    public override ChangeTopics Topics => ChangeTopics.Users;
}

/// <summary>A caller was refused what their role does not allow. Kept once a minute for each person and role.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Role">The role that is needed.</param>
/// <param name="SessionEnded">Whether their browser session had ended.</param>
[FactName("access.denied")]
public sealed record AccessDenied(string Actor, string Role, bool SessionEnded) : Fact
{
    /// <inheritdoc/>
    public override string Actor { get; } = Actor;

    /// <inheritdoc/>
    public override string Subject => Role;
}

/// <summary>A wrong set-up code was entered.</summary>
[FactName("setup.refused")]
public sealed record SetupRefused : Fact
{
    /// <inheritdoc/>
    public override string Actor => FactActors.Anonymous;

    /// <inheritdoc/>
    public override string Subject => "setup";
}

/// <summary>The first administrator was made.</summary>
/// <param name="UserId">Which person.</param>
/// <param name="Email">Their address.</param>
/// <param name="HadAccount">Whether they had an account before.</param>
[FactName("setup.completed")]
public sealed record SetupCompleted(string UserId, string Email, bool HadAccount) : Fact
{
    /// <inheritdoc/>
    public override string Actor => UserId;

    /// <inheritdoc/>
    public override string Subject => UserId;

    /// <inheritdoc/>
    public override ChangeTopics Topics => ChangeTopics.Users;
}
