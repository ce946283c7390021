using AuthCore.RateLimits;

namespace AdminConsole.Features.RateLimits;

/// <summary>What the limits guard, in words.</summary>
internal static class LimitWords
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        [RateLimitPolicies.Authorize] = "Starting an authorization, by address",
        [RateLimitPolicies.Login] = "Signing in, by address",
        [RateLimitPolicies.Consent] = "Answering a consent page, by address",
        [RateLimitPolicies.Setup] = "First-run set-up, by address",
        [RateLimitPolicies.Token] = "Asking for tokens, by address and client",
        [RateLimitPolicies.Register] = "Registering clients, by address",
        [RateLimitPolicies.Revoke] = "Revoking tokens, by address",
        [RateLimitPolicies.Introspect] = "Introspecting tokens, by address",
        [RateLimitPolicies.Metadata] = "Reading metadata and keys, by address",
        [RateLimitPolicies.Mcp] = "Calling the MCP endpoint, by family or address",
    };

    /// <summary>The names of the limits.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Words.Keys];

    public static string Of(string policy) => Words.GetValueOrDefault(policy, policy);
}
