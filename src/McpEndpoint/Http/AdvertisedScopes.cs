using AuthCore.Protocol;
using AuthCore.ResourceServer;

namespace McpEndpoint.Http;

/// <summary>The scopes that this resource tells of. Whether a client stays connected is a question to the authorization server alone.</summary>
internal static class AdvertisedScopes
{
    public static ScopeSet Of(ScopeCatalog catalog) =>
        ScopeSet.Of(catalog.All.Where(scope => scope.Advertised && scope.Name != ScopeCatalog.OfflineAccess).Select(scope => scope.Name));
}
