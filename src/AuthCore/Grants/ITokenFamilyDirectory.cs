using System.Security.Claims;
using AuthCore.Storage;
using AuthCore.Users;

namespace AuthCore.Grants;

/// <summary>Why a family was revoked.</summary>
public enum RevocationReason
{
    /// <summary>An operator revoked it in the console.</summary>
    Operator,

    /// <summary>Its user revoked it.</summary>
    User,

    /// <summary>Its client asked for it (RFC 7009).</summary>
    Client,

    /// <summary>A refresh token that had been rotated away was used again (RFC 9700 §4.14.2).</summary>
    RefreshTokenReused,

    /// <summary>Its authorization code was used again (RFC 6749 §4.1.2).</summary>
    CodeReused,

    /// <summary>Its client was disabled.</summary>
    ClientDisabled,

    /// <summary>Its user was disabled.</summary>
    UserDisabled,

    /// <summary>The same person connected the same client again, and the newer family is in use.</summary>
    Superseded,
}

/// <summary>Whether a family can still be used.</summary>
public enum FamilyState
{
    /// <summary>Alive.</summary>
    Live,

    /// <summary>Not used for too long, or past its absolute end.</summary>
    Expired,

    /// <summary>Revoked.</summary>
    Revoked,
}

/// <summary>What happened to one generation.</summary>
public enum GenerationOutcome
{
    /// <summary>The first tokens, for a code.</summary>
    Issued,

    /// <summary>A refresh token was exchanged for the next.</summary>
    Rotated,

    /// <summary>The same exchange again within the grace window: the same successor was given once more.</summary>
    Replayed,

    /// <summary>As <see cref="Replayed"/>, but from another address than the first.</summary>
    ReplayedFromElsewhere,

    /// <summary>A refresh token was used again outside the grace window: somebody else has it, or its client lost its state. The family was revoked.</summary>
    Reused,

    /// <summary>The authorization code was used again. The family was revoked.</summary>
    CodeReused,

    /// <summary>The family was revoked by somebody.</summary>
    Revoked,
}

/// <summary>The columns that families and sessions can be sorted by. What has nothing in a column comes last, whichever way.</summary>
public enum FamilySort
{
    /// <summary>When it began.</summary>
    CreatedAt,

    /// <summary>When one of its tokens was last used.</summary>
    LastSeenAt,

    /// <summary>The user's e-mail address.</summary>
    User,

    /// <summary>The client's name.</summary>
    Client,

    /// <summary>How often it was refreshed.</summary>
    Generation,
}

/// <summary>
/// Which families are wanted; <see cref="ListQuery{TSort}.Search"/> is found anywhere in user, client and scopes, and at the beginning of an address or a family identifier.
/// </summary>
public sealed record FamilyQuery : ListQuery<FamilySort>
{
    /// <summary>Only families in this state.</summary>
    public FamilyState? State { get; init; }

    /// <summary>Only families of this client.</summary>
    public string? ClientId { get; init; }

    /// <summary>Only families of this user.</summary>
    public string? UserId { get; init; }

    /// <summary>Only families in which a token was used twice.</summary>
    public bool OnlyReused { get; init; }
}

/// <summary>One family: one authorization of one client by one user, and everything that grew out of it.</summary>
/// <param name="FamilyId">32 hexadecimal digits.</param>
/// <param name="UserId">The person who allowed it; null when the client acts for itself.</param>
/// <param name="UserEmail">Their address; null when there is no person.</param>
/// <param name="ClientId">The client.</param>
/// <param name="ClientName">What it calls itself, and what speaks for caution about that.</param>
/// <param name="ClientOrigin">How it came to be known.</param>
/// <param name="RedirectHost">Where the answer was sent: host with port, or a private-use scheme; null when nothing was sent.</param>
/// <param name="Resource">The resource its tokens are for (RFC 8707).</param>
/// <param name="Scopes">What was granted, space-delimited.</param>
/// <param name="Generation">The newest generation; 1 before the first refresh.</param>
/// <param name="State">Whether it can still be used.</param>
/// <param name="CreatedAt">When its user allowed it.</param>
/// <param name="CreatedFrom">The address that exchanged the code.</param>
/// <param name="LastSeenAt">When one of its tokens was last used; a few seconds late.</param>
/// <param name="LastSeenFrom">The address of that use.</param>
/// <param name="LastSeenAgent">The user agent of that use.</param>
/// <param name="ExpiresAt">When it expires if nothing more happens.</param>
/// <param name="RevokedAt">When it was revoked, if it was.</param>
/// <param name="RevocationReason">Why it was revoked, if it was.</param>
/// <param name="ReuseMarks">How often one of its tokens was used twice, within the grace or not.</param>
public sealed record FamilyRow(
    string FamilyId, string? UserId, string? UserEmail, string ClientId, Clients.Names.ClientName ClientName, Clients.ClientOrigin ClientOrigin,
    string? RedirectHost, string Resource, string Scopes, int Generation, FamilyState State, DateTimeOffset CreatedAt, string? CreatedFrom,
    DateTimeOffset? LastSeenAt, string? LastSeenFrom, string? LastSeenAgent, DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt, RevocationReason? RevocationReason, int ReuseMarks);

/// <summary>One line of a lineage, oldest first.</summary>
/// <param name="Generation">The generation that this line is about.</param>
/// <param name="At">When.</param>
/// <param name="Outcome">What happened.</param>
/// <param name="Address">From which address, if a request caused it.</param>
/// <param name="UserAgent">By which user agent, if a request caused it.</param>
public sealed record GenerationRow(int Generation, DateTimeOffset At, GenerationOutcome Outcome, string? Address, string? UserAgent);

/// <summary>Families, as operators and their own users see them. Revoking one goes through <see cref="Revocation.IRevocationService"/>.</summary>
public interface ITokenFamilyDirectory
{
    /// <summary>Lists families of everybody, newest first unless sorted. A session is a family that is <see cref="FamilyState.Live"/>.</summary>
    /// <exception cref="AccessDeniedException">The caller is not a viewer.</exception>
    Task<Page<FamilyRow>> ListAsync(ClaimsPrincipal caller, FamilyQuery query, CancellationToken cancellationToken = default);

    /// <summary>How many families were revoked since then because a token or code of theirs was used twice.</summary>
    /// <exception cref="AccessDeniedException">The caller is not a viewer.</exception>
    Task<int> CountRevokedForReuseAsync(ClaimsPrincipal caller, DateTimeOffset since, CancellationToken cancellationToken = default);

    /// <summary>The lineage of one family, at most the newest 500 lines, oldest first.</summary>
    /// <exception cref="AccessDeniedException">The caller is neither a viewer nor the family's user.</exception>
    Task<IReadOnlyList<GenerationRow>> LineageAsync(ClaimsPrincipal caller, string familyId, CancellationToken cancellationToken = default);

    /// <summary>The caller's own live families, newest first, at most 200.</summary>
    Task<IReadOnlyList<FamilyRow>> ListOwnAsync(ClaimsPrincipal caller, CancellationToken cancellationToken = default);
}
