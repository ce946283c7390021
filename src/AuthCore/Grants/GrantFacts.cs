using AuthCore.Storage;
using AuthCore.Storage.Facts;

namespace AuthCore.Grants;

/// <summary>A family was revoked by itself: by an operator, its user or its client (RFC 7009).</summary>
/// <param name="FamilyId">Which.</param>
/// <param name="Reason">Why.</param>
/// <param name="Actor">The user or client identifier of who asked for it.</param>
[FactName("family.revoked")]
public sealed record FamilyRevoked(string FamilyId, RevocationReason Reason, string Actor) : Fact
{
    /// <inheritdoc/>
    public override string Actor { get; } = Actor;

    /// <inheritdoc/>
    public override string Subject => FamilyId;
}

/// <summary>A family was revoked because the same person connected the same client again.</summary>
/// <param name="FamilyId">The older one.</param>
/// <param name="ReplacedBy">The newer one.</param>
/// <param name="ClientId">The client of both.</param>
[FactName("family.superseded")]
public sealed record FamilySuperseded(string FamilyId, string ReplacedBy, string ClientId) : Fact
{
    /// <inheritdoc/>
    public override string Actor => ClientId;

    /// <inheritdoc/>
    public override string Subject => FamilyId;
}

/// <summary>A refresh token that had been rotated away was used again, outside the grace window. Its family is revoked (RFC 9700 §4.14.2).</summary>
/// <param name="FamilyId">The family.</param>
/// <param name="ClientId">Its client.</param>
/// <param name="Generation">Of which generation the token was.</param>
/// <param name="Newest">The newest generation.</param>
/// <param name="UsedBeforeFrom">The address of the use before.</param>
/// <param name="UsedNowFrom">The address of this one.</param>
[FactName("refresh_token.reused")]
public sealed record RefreshTokenReused(string FamilyId, string ClientId, int Generation, int Newest, string? UsedBeforeFrom, string? UsedNowFrom) : Fact
{
    /// <inheritdoc/>
    public override string Actor => ClientId;

    /// <inheritdoc/>
    public override string Subject => FamilyId;

    /// <inheritdoc/>
    public override ChangeTopics Topics => ChangeTopics.Clients;
}

/// <summary>An authorization code was used again. The family that it began is revoked (RFC 6749 §4.1.2).</summary>
/// <param name="FamilyId">The family.</param>
/// <param name="ClientId">Its client.</param>
/// <param name="UsedBeforeFrom">The address of the use before.</param>
/// <param name="UsedNowFrom">The address of this one.</param>
[FactName("code.reused")]
public sealed record CodeReused(string FamilyId, string ClientId, string? UsedBeforeFrom, string? UsedNowFrom) : Fact
{
    /// <inheritdoc/>
    public override string Actor => ClientId;

    /// <inheritdoc/>
    public override string Subject => FamilyId;

    /// <inheritdoc/>
    public override ChangeTopics Topics => ChangeTopics.Clients;
}

/// <summary>Everything that clients may do in a person's name was revoked, by them or by an operator.</summary>
/// <param name="UserId">Whose access.</param>
/// <param name="Reason">Why.</param>
/// <param name="Actor">Who asked for it.</param>
/// <param name="FamilyIds">The families that were revoked.</param>
/// <param name="Codes">How many codes on their way to a client were invalidated.</param>
[FactName("user.connections_revoked")]
public sealed record ConnectionsRevoked(string UserId, RevocationReason Reason, string Actor, IReadOnlyList<string> FamilyIds, int Codes) : Fact
{
    /// <inheritdoc/>
    public override string Actor { get; } = Actor;

    /// <inheritdoc/>
    public override string Subject => UserId;
}

/// <summary>A family whose rows were revoked in this unit.</summary>
/// <param name="FamilyId">Which.</param>
/// <param name="LastIssuedAt">When it last got tokens.</param>
internal sealed record RevokedFamily(string FamilyId, DateTimeOffset LastIssuedAt);

/// <summary>For this process: none of their tokens is accepted from here on. Why, and who asked, is another fact of the same unit.</summary>
[FactName("families.revoked")]
internal sealed record FamiliesRevoked(IReadOnlyList<RevokedFamily> Families, string RevokedBy) : Fact
{
    public override string Actor => RevokedBy;

    public override string Subject => $"{Families.Count} families";

    public override ChangeTopics Topics => ChangeTopics.Families;

    public override bool IsKept => false;
}

/// <summary>For this process: a family began. Its rows are its record.</summary>
[FactName("family.began")]
internal sealed record FamilyBegan(string FamilyId, string ClientId, bool Unproven, DateTimeOffset ExpiresAt) : Fact
{
    public override string Actor => ClientId;

    public override string Subject => FamilyId;

    public override ChangeTopics Topics => ChangeTopics.Families | ChangeTopics.Clients;

    public override bool IsKept => false;
}

/// <summary>For this process: tokens of the next generation, or of the same one again, were given. The lineage row is its record.</summary>
[FactName("family.rotated")]
internal sealed record FamilyRotated(string FamilyId, string ClientId) : Fact
{
    public override string Actor => ClientId;

    public override string Subject => FamilyId;

    public override ChangeTopics Topics => ChangeTopics.Families;

    public override bool IsKept => false;
}

/// <summary>For this process: a token of the family has come back, so that its client has it for certain.</summary>
[FactName("family.proven")]
internal sealed record FamilyProven(string FamilyId, string ClientId, int Superseded) : Fact
{
    public override string Actor => ClientId;

    public override string Subject => FamilyId;

    public override bool IsKept => false;
}
