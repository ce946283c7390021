using AuthCore.ResourceServer;

namespace McpEndpoint.Samples;

/// <summary>What the sample tools ask a person for, in that person's words.</summary>
internal static class SampleScopes
{
    public const string AccountRead = "account:read";
    public const string ReadSecret = "read:secret";
    public const string Write = "write";

    public static readonly ScopeDefinition[] All =
    [
        new(AccountRead, "See the appointments", "Which appointments there are and which are taken.", ScopeRisk.Read),
        new(ReadSecret, "Read the sample secret", "A made-up secret that shows how protected tools work.", ScopeRisk.Read),
        new(Write, "Book appointments for you", "Each booking is shown to you first and needs your confirmation.", ScopeRisk.Change),
    ];
}
