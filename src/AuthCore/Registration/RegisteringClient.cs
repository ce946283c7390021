using AuthCore.Hooks;

namespace AuthCore.Registration;

/// <summary>A client is about to register itself (RFC 7591 §3). What it says keeps the rules and is not believed. Refused with 400 <c>access_denied</c>.</summary>
/// <param name="Name">What it calls itself: untrusted.</param>
/// <param name="RedirectUris">Where it wants answers.</param>
/// <param name="GrantTypes">What it wants to use.</param>
/// <param name="AuthMethod">How it will authenticate (RFC 7591 §2, <c>token_endpoint_auth_method</c>).</param>
/// <param name="ApplicationType"><c>web</c> or <c>native</c>.</param>
/// <param name="Scope">The scopes that it names, space-delimited; null when it names none.</param>
public sealed record RegisteringClient(
    string Name, IReadOnlyList<string> RedirectUris, IReadOnlyList<string> GrantTypes, string AuthMethod, string ApplicationType, string? Scope) : Decision
{
    /// <inheritdoc/>
    public override string Kind => "client.register";

    /// <inheritdoc/>
    public override string Subject => "registration";

    internal static RegisteringClient Of(ClientMetadata metadata) => new(
        metadata.Name, metadata.RedirectUris, metadata.GrantTypes, metadata.AuthMethod, metadata.ApplicationType, metadata.Rest["scope"]?.GetValue<string>());
}
