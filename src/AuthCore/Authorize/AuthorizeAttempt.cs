using AuthCore.Clients;
using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.ResourceServer;

namespace AuthCore.Authorize;

/// <summary>An authorization request on its way through the checks, each of which settles one thing.</summary>
internal sealed class AuthorizeAttempt(RequestParameters parameters, Client? client, ScopeCatalog catalog, PublicOrigin origin, DateTimeOffset now)
{
    public RequestParameters Parameters => parameters;

    /// <summary>The client that is named; null when there is none such.</summary>
    public Client? Client => client;

    public ScopeCatalog Catalog => catalog;

    public PublicOrigin Origin => origin;

    public DateTimeOffset Now => now;

    /// <summary>Set by the second check: from then on errors go there.</summary>
    public string RedirectUri { get; set; } = "";

    public string? State => Parameters["state"];

    public PkceChallenge Challenge { get; set; }

    public string Resource { get; set; } = "";

    public ScopeSet Scopes { get; set; } = ScopeSet.Empty;

    /// <summary><c>prompt=none</c>: no page may be shown.</summary>
    public bool Silent { get; set; }

    /// <summary>The user must have proved who they are at or after this time; null for any time.</summary>
    public DateTimeOffset? AuthenticatedSince { get; set; }
}

/// <summary>What a check found: an error code (RFC 6749 §4.1.2.1) and a sentence that holds nothing of the request.</summary>
internal sealed record AuthorizeProblem(string Error, string Explanation);
