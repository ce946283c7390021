using System.Security.Claims;
using AuthCore.Users;

namespace AuthCore.Revocation;

/// <summary>What is to be revoked.</summary>
public abstract record RevocationTarget
{
    private RevocationTarget()
    {
    }

    /// <summary>Answers for each case.</summary>
    public abstract T Match<T>(Func<Family, T> family, Func<Client, T> client, Func<ConnectionsOf, T> connectionsOf);

    /// <summary>One family. Its own user may revoke it too.</summary>
    /// <param name="FamilyId">Which.</param>
    public sealed record Family(string FamilyId) : RevocationTarget
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Family, T> family, Func<Client, T> client, Func<ConnectionsOf, T> connectionsOf) => family(this);
    }

    /// <summary>A client, which is disabled: all its families are revoked, and it cannot ask for another authorization until it is enabled again.</summary>
    /// <param name="ClientId">Which.</param>
    public sealed record Client(string ClientId) : RevocationTarget
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Family, T> family, Func<Client, T> client, Func<ConnectionsOf, T> connectionsOf) => client(this);
    }

    /// <summary>Every family of a user, who may revoke them too and can connect again.</summary>
    /// <param name="UserId">Whose.</param>
    public sealed record ConnectionsOf(string UserId) : RevocationTarget
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Family, T> family, Func<Client, T> client, Func<ConnectionsOf, T> connectionsOf) => connectionsOf(this);
    }
}

/// <summary>What would be revoked: for the dialog that asks.</summary>
/// <param name="Families">Live families.</param>
/// <param name="Users">Distinct users of those.</param>
/// <param name="Clients">Distinct clients of those.</param>
public sealed record RevocationImpact(int Families, int Users, int Clients);

/// <summary>What became of it.</summary>
public abstract record RevocationOutcome
{
    private RevocationOutcome()
    {
    }

    /// <summary>Answers for each case.</summary>
    public abstract T Match<T>(Func<Revoked, T> revoked, Func<NotFound, T> notFound);

    /// <summary>Revoked: from now on no token of these families is accepted anywhere.</summary>
    /// <param name="Families">How many are; 0 when everything was revoked or had expired before.</param>
    /// <param name="Following">How many more are being revoked in the background, of a disabled client that has very many: none of their tokens is accepted any more either.</param>
    public sealed record Revoked(int Families, int Following = 0) : RevocationOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Revoked, T> revoked, Func<NotFound, T> notFound) => revoked(this);
    }

    /// <summary>There is no such family, client or user, or it is none of the caller's business.</summary>
    public sealed record NotFound : RevocationOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Revoked, T> revoked, Func<NotFound, T> notFound) => notFound(this);
    }
}

/// <summary>Revokes what clients may do. When a call has returned, no token of what it revoked is accepted again.</summary>
public interface IRevocationService
{
    /// <summary>Counts what would be revoked.</summary>
    /// <exception cref="AccessDeniedException">The caller is neither a viewer nor the owner.</exception>
    Task<RevocationImpact> PreviewAsync(ClaimsPrincipal caller, RevocationTarget target, CancellationToken cancellationToken = default);

    /// <summary>Revokes it; a client is disabled as well.</summary>
    /// <exception cref="AccessDeniedException">The caller is neither an operator nor the owner.</exception>
    Task<RevocationOutcome> RevokeAsync(ClaimsPrincipal caller, RevocationTarget target, CancellationToken cancellationToken = default);

    /// <summary>Revokes one family at the wish of a token of that very family, for tools that sign their own session out.</summary>
    Task<RevocationOutcome> RevokeOwnAsync(ResourceServer.AccessGrant grant, CancellationToken cancellationToken = default);
}
