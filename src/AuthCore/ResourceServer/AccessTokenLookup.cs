using AuthCore.Http;

namespace AuthCore.ResourceServer;

/// <summary>Validates a token that may be for any resource of this host: revocation and introspection are not told which.</summary>
internal sealed class AccessTokenLookup(IAccessTokenValidator validator, PublicOrigin origin)
{
    /// <summary>What the token says; null when it is not alive.</summary>
    public AccessGrant? Find(string token) => origin.Resources
        .Select(resource => validator.Validate(token, resource))
        .OfType<AccessTokenValidation.Valid>()
        .FirstOrDefault()?.Grant;
}
