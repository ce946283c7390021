using System.Security.Claims;
using AuthCore.Clients.Names;
using AuthCore.Storage;
using AuthCore.Users;

namespace AuthCore.Clients;

/// <summary>How a client came to be known here.</summary>
public enum ClientOrigin
{
    /// <summary>An administrator added it.</summary>
    Preregistered,

    /// <summary>It registered itself (RFC 7591): nothing it says of itself is verified.</summary>
    Dynamic,
}

/// <summary>The columns that the list of clients can be sorted by.</summary>
public enum ClientSort
{
    /// <summary>The name it gave itself.</summary>
    Name,

    /// <summary>When it was registered.</summary>
    CreatedAt,

    /// <summary>When one of its tokens was last used or made.</summary>
    LastUsedAt,

    /// <summary>How many of its families are alive.</summary>
    LiveFamilies,
}

/// <summary>Which clients are wanted; <see cref="ListQuery{TSort}.Search"/> looks into name, identifier and redirect URIs.</summary>
public sealed record ClientQuery : ListQuery<ClientSort>
{
    /// <summary>Only clients of this origin.</summary>
    public ClientOrigin? Origin { get; init; }

    /// <summary>Only disabled (true) or only enabled (false) clients.</summary>
    public bool? Disabled { get; init; }
}

/// <summary>One client in the list.</summary>
/// <param name="ClientId">The client identifier (RFC 6749 §2.2).</param>
/// <param name="Name">What it calls itself, and what speaks for caution about that.</param>
/// <param name="Origin">How it came to be known.</param>
/// <param name="AuthMethod">Its <c>token_endpoint_auth_method</c>.</param>
/// <param name="RedirectUris">Where codes may be sent.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="CreatedFrom">The address that registered it, if it registered itself.</param>
/// <param name="LastUsedAt">When one of its tokens was last used or made; null if never.</param>
/// <param name="LiveFamilies">Grants that are alive.</param>
/// <param name="DisabledAt">When it was disabled, if it was.</param>
public sealed record ClientRow(
    string ClientId, ClientName Name, ClientOrigin Origin, string AuthMethod, IReadOnlyList<string> RedirectUris,
    DateTimeOffset CreatedAt, string? CreatedFrom, DateTimeOffset? LastUsedAt, int LiveFamilies, DateTimeOffset? DisabledAt);

/// <summary>Clients, as operators see them. Disabling one goes through <see cref="Revocation.IRevocationService"/>.</summary>
public interface IClientDirectory
{
    /// <summary>Lists clients, newest first unless sorted.</summary>
    /// <exception cref="AccessDeniedException">The caller is not a viewer.</exception>
    Task<Page<ClientRow>> ListAsync(ClaimsPrincipal caller, ClientQuery query, CancellationToken cancellationToken = default);

    /// <summary>One client, or null.</summary>
    /// <exception cref="AccessDeniedException">The caller is not a viewer.</exception>
    Task<ClientRow?> FindAsync(ClaimsPrincipal caller, string clientId, CancellationToken cancellationToken = default);

    /// <summary>How many unused registrations were dropped since then, because there were too many (<see cref="RegistrationOptions.MaxUnused"/>).</summary>
    /// <exception cref="AccessDeniedException">The caller is not a viewer.</exception>
    Task<int> CountDroppedAsync(ClaimsPrincipal caller, DateTimeOffset since, CancellationToken cancellationToken = default);

    /// <summary>Lets a disabled client ask for authorization again. What was revoked stays revoked.</summary>
    /// <returns>False when there is no such client or it was not disabled.</returns>
    /// <exception cref="AccessDeniedException">The caller is not an operator.</exception>
    Task<bool> EnableAsync(ClaimsPrincipal caller, string clientId, CancellationToken cancellationToken = default);
}
