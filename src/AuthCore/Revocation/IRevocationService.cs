using System.Security.Claims;
using AuthCore.Users;

namespace AuthCore.Revocation;

/// <summary>What is to end.</summary>
public abstract record RevocationTarget
{
    private RevocationTarget()
    {
    }

    /// <summary>One family. Its own user may end it too.</summary>
    /// <param name="FamilyId">Which.</param>
    public sealed record Family(string FamilyId) : RevocationTarget;

    /// <summary>A client: all its families end, and it cannot ask for another authorization until it is enabled again.</summary>
    /// <param name="ClientId">Which.</param>
    public sealed record Client(string ClientId) : RevocationTarget;

    /// <summary>Every family of a user, who may end them too and can connect again.</summary>
    /// <param name="UserId">Whose.</param>
    public sealed record ConnectionsOf(string UserId) : RevocationTarget;
}

/// <summary>What would end: for the dialog that asks.</summary>
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
    public abstract T Match<T>(Func<Ended, T> ended, Func<NotFound, T> notFound);

    /// <summary>Ended: from now on no token of these families is accepted anywhere.</summary>
    /// <param name="Families">How many; 0 when everything had ended before.</param>
    public sealed record Ended(int Families) : RevocationOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Ended, T> ended, Func<NotFound, T> notFound) => ended(this);
    }

    /// <summary>There is no such family, client or user, or it is none of the caller's business.</summary>
    public sealed record NotFound : RevocationOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Ended, T> ended, Func<NotFound, T> notFound) => notFound(this);
    }
}

/// <summary>Ends things. When a call has returned, no token of what it ended is accepted again.</summary>
public interface IRevocationService
{
    /// <summary>Counts what would end.</summary>
    /// <exception cref="AccessDeniedException">The caller is neither a viewer nor the owner.</exception>
    Task<RevocationImpact> PreviewAsync(ClaimsPrincipal caller, RevocationTarget target, CancellationToken cancellationToken = default);

    /// <summary>Ends it.</summary>
    /// <exception cref="AccessDeniedException">The caller is neither an operator nor the owner.</exception>
    Task<RevocationOutcome> EndAsync(ClaimsPrincipal caller, RevocationTarget target, CancellationToken cancellationToken = default);

    /// <summary>Ends one family at the wish of a token of that very family, for tools that sign their own session out.</summary>
    Task<RevocationOutcome> EndOwnAsync(ResourceServer.AccessGrant grant, CancellationToken cancellationToken = default);
}
