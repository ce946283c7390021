using System.Collections.Concurrent;
using AuthCore.Protocol;
using AuthCore.ResourceServer;

namespace UnitTests.McpEndpoint.TestKit;

/// <summary>Accepts the tokens that a test has issued, until it ends their family.</summary>
internal sealed class IssuedTokens : IAccessTokenValidator
{
    private readonly ConcurrentDictionary<string, AccessGrant> _grants = new();
    private readonly ConcurrentDictionary<string, bool> _ended = new();

    public string Issue(string scopes = "", string user = "user-1", string client = "client-1", string family = "family-1")
    {
        var token = Guid.NewGuid().ToString("N");
        var now = DateTimeOffset.UtcNow;
        _grants[token] = new AccessGrant(
            user, client, family, "http://localhost/mcp", ScopeSet.Of(scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)), token, now, now.AddMinutes(5), now);
        return token;
    }

    public void EndFamily(string family) => _ended[family] = true;

    public AccessTokenValidation Validate(string token, string resource) =>
        _grants.TryGetValue(token, out var grant) && grant.Resource == resource && !_ended.ContainsKey(grant.FamilyId)
            ? new AccessTokenValidation.Valid(grant)
            : new AccessTokenValidation.Invalid("not issued here");

    public ConcurrentQueue<string> Insufficient { get; } = [];

    public void InsufficientScope(AccessGrant grant, ScopeSet needed) => Insufficient.Enqueue(grant.FamilyId);

    public void Seen(AccessGrant grant, string? address, string? userAgent)
    {
    }
}
