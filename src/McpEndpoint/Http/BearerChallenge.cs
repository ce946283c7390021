using System.Text;
using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using Microsoft.Extensions.Options;

namespace McpEndpoint.Http;

/// <summary>Builds <c>WWW-Authenticate</c> (RFC 6750 §3, RFC 9728 §5.1). What cannot stand inside quotes is dropped, so nothing can end them.</summary>
internal sealed class BearerChallenge(PublicOrigin origin, ScopeCatalog catalog, IOptions<McpOptions> options)
{
    /// <summary>No credentials were presented: no error code (RFC 6750 §3.1).</summary>
    public string Missing(ScopeSet scopes) => Build(
        [ResourceMetadata, ("scope", Challenged(options.Value.ChallengeAllScopes ? scopes.Union(AdvertisedScopes.Of(catalog)) : scopes))]);

    /// <summary>The token is expired, revoked, malformed, or not for this resource; which of these is not told.</summary>
    public string InvalidToken() => Build(
        [("error", "invalid_token"), ("error_description", "The access token is expired, revoked or not valid here."), ResourceMetadata]);

    /// <summary>The request presents a token in a way that is not allowed, or twice.</summary>
    public string InvalidRequest(string description) => Build([("error", "invalid_request"), ("error_description", description), ResourceMetadata]);

    /// <summary>
    /// The token lacks a scope. Names what it has together with what it lacks: some clients ask for exactly the challenged scopes and would
    /// lose the others.
    /// </summary>
    public string InsufficientScope(string tool, ScopeSet needed, ScopeSet granted) => Build(
    [
        ("error", "insufficient_scope"),
        ("scope", Challenged(needed.Union(granted))),
        ResourceMetadata,
        ("error_description", $"The tool {tool} needs: {needed}"),
    ]);

    private (string, string) ResourceMetadata => ("resource_metadata", origin.Issuer + ProtectedResourceMetadataEndpoint.Path + McpPostEndpoint.Path);

    // Whether a client stays connected is its own question to the authorization server, not this resource's.
    private static string Challenged(ScopeSet scopes) => scopes.Except(ScopeSet.Of(ScopeCatalog.OfflineAccess)).ToString();

    private static string Build(IEnumerable<(string Name, string Value)> parameters) =>
        "Bearer " + string.Join(", ", parameters.Where(parameter => parameter.Value.Length > 0).Select(parameter => $"{parameter.Name}=\"{Quotable(parameter.Value)}\""));

    private static string Quotable(string value)
    {
        var quotable = new StringBuilder(value.Length);
        foreach (var c in value.Where(c => c is >= ' ' and <= '~' and not '"' and not '\\'))
        {
            quotable.Append(c);
        }

        return quotable.ToString();
    }
}
