namespace UnitTests.Architecture.PublicSurface;

/// <summary>
/// What is public although no part of this repository above the library uses it, and why who embeds the library needs it. A type is listed with all its members and
/// whatever its signatures lead to; <c>Type.Member</c> is one member.
/// </summary>
internal static class NeededByEmbedders
{
    private const string Setting = "Bound from configuration; a host that has no configuration file sets it in code, by services.Configure.";
    private const string Vetoed = "What a decision hook is asked about.";
    private const string Heard = "A fact that hooks may hear.";

    public static IReadOnlyDictionary<string, string> AuthCore { get; } = new Dictionary<string, string>
    {
        ["AuthCoreOptions"] = Setting,
        ["BrowserSessionOptions"] = Setting,
        ["DatabaseOptions"] = Setting,
        ["KeyOptions"] = Setting,
        ["PreregisteredClient"] = Setting,
        ["PreregisteredClientOptions"] = Setting,
        ["RateLimitAllowance"] = Setting,
        ["RateLimitOptions"] = Setting,
        ["RegistrationOptions"] = Setting,
        ["SetupOptions"] = Setting,
        ["TokenOptions"] = Setting,

        ["HookServices"] = "Registers the hooks of a host.",
        ["IFactHook"] = "A host implements it to hear what happened.",
        ["IDecisionHook"] = "A host implements it to refuse what is about to happen.",
        ["Verdict"] = "What a decision hook answers.",
        ["RegisteringClient"] = Vetoed,
        ["GrantingConsent"] = Vetoed,
        ["IssuingTokens"] = Vetoed,
        ["FactActors"] = "A fact hook tells by them what no person did.",
        ["ScopeSet.Contains"] = "A decision hook asks whether a scope is asked for.",

        ["AuthUser.CreatedAt"] = "A person as ASP.NET Core Identity loads them; their row is one class.",
        ["IClientDirectory.FindAsync"] = "An operator's tool that is given one client_id has no list to look through.",
        ["PublicOrigin..ctor"] = "The container makes it.",
        ["ScopeCatalog..ctor"] = "The container makes it.",
    };

    public static IReadOnlyDictionary<string, string> McpEndpoint { get; } = new Dictionary<string, string>
    {
        ["McpOptions"] = Setting,

        ["McpTools"] = "Registers a tool that answers at once.",
        ["ToolDefinition"] = "What a host says of its tool.",
        ["ToolAccess"] = "Who may call a host's tool.",
        ["TwoPhaseTools"] = "Registers a tool that is confirmed first.",
        ["TwoPhaseTool"] = "What the two kinds of such a tool have in common: a host writes its definition and its preview.",
        ["TransactionalTool"] = "A host derives a tool from it whose action is a write to this database.",
        ["ExternalTool"] = "A host derives a tool from it whose action is anything else.",

        ["CallingTool"] = Vetoed,
        ["ActionExecuted"] = Heard,
        ["ActionFailed"] = Heard,
        ["ActionOutcomeUnknown"] = Heard,
    };
}
