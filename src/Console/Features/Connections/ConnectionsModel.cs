using AuthCore.Clients;
using AuthCore.Clients.Names;
using AuthCore.Grants;
using AuthCore.ResourceServer;

namespace AdminConsole.Features.Connections;

/// <summary>What the page of one's own connections says.</summary>
/// <param name="Connections">Those that are alive, newest first.</param>
/// <param name="SignedInAs">Whose they are.</param>
/// <param name="MayOpenConsole">Whether the person has a console role as well.</param>
/// <param name="Now">When the page is made.</param>
/// <param name="Revoked">How many were just revoked.</param>
/// <param name="PasswordChanged">Whether they come from changing their password.</param>
public sealed record ConnectionsModel(
    IReadOnlyList<Connection> Connections, string SignedInAs, bool MayOpenConsole, DateTimeOffset Now, int? Revoked, bool PasswordChanged = false);

/// <summary>What the question before a revocation says.</summary>
/// <param name="Connections">What would be revoked.</param>
/// <param name="Action">Where the confirmation posts to.</param>
public sealed record RevokeModel(IReadOnlyList<Connection> Connections, string Action);

/// <summary>A family in the words of the person who allowed it.</summary>
/// <param name="FamilyId">Which.</param>
/// <param name="ClientName">What the client calls itself.</param>
/// <param name="Verified">Whether an administrator vouches for it.</param>
/// <param name="Where">The host or app that got the answer.</param>
/// <param name="May">What it may do.</param>
/// <param name="Since">When it was allowed.</param>
/// <param name="LastUsed">When one of its tokens was last used.</param>
/// <param name="LastFrom">From which address.</param>
/// <param name="LastAgent">By which program, as it says.</param>
/// <param name="Expires">When it expires.</param>
public sealed record Connection(
    string FamilyId, ClientName ClientName, bool Verified, string Where, IReadOnlyList<string> May, DateTimeOffset Since,
    DateTimeOffset? LastUsed, string? LastFrom, string? LastAgent, DateTimeOffset Expires)
{
    internal static Connection From(FamilyRow family, ScopeCatalog scopes) => new(
        family.FamilyId, family.ClientName, family.ClientOrigin is ClientOrigin.Preregistered, family.RedirectHost ?? family.ClientId,
        [.. family.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(scope => scopes.Find(scope)?.Title ?? scope)],
        family.CreatedAt, family.LastSeenAt, family.LastSeenFrom, family.LastSeenAgent, family.ExpiresAt);
}
