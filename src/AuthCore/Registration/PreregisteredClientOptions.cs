using AuthCore.Clients;
using AuthCore.Clients.Names;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using Microsoft.Extensions.Options;

namespace AuthCore.Registration;

/// <summary>Clients that an administrator writes into the configuration. Bound to the section <c>Clients</c>, an array.</summary>
public sealed class PreregisteredClientOptions
{
    /// <summary>The section's name.</summary>
    internal const string Section = "Clients";

    /// <summary>The clients. One that is taken out of the array is disabled at the next start.</summary>
    public IList<PreregisteredClient> Clients { get; } = [];
}

/// <summary>One client of the configuration.</summary>
public sealed class PreregisteredClient
{
    /// <summary>1 to 128 characters of <c>A-Z a-z 0-9 - . _ ~</c>.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Shown on the consent page, 1 to 64 characters.</summary>
    public string Name { get; set; } = "";

    /// <summary>32 to 128 characters of <c>A-Z a-z 0-9 - . _ ~</c>; left out for a public client.</summary>
    public string? Secret { get; set; }

    /// <summary><c>none</c>, <c>client_secret_basic</c> or <c>client_secret_post</c>; left out or empty, it follows from whether there is a secret.</summary>
    public string? AuthMethod { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value; }

    /// <summary>Where codes may be sent. A resource server that only introspects has none.</summary>
    public IList<string> RedirectUris { get; } = [];

    /// <summary>The values of <c>grant_type</c> that it may use; left out, <c>authorization_code</c> and <c>refresh_token</c> when it has redirect URIs, and none otherwise.</summary>
    public IList<string> GrantTypes { get; } = [];

    /// <summary>The scopes that it may ask for, space-delimited; left out for all.</summary>
    public string? Scope { get; set; }

    internal string EffectiveAuthMethod => AuthMethod ?? (Secret is null ? ClientAuthMethods.None : ClientAuthMethods.Basic);

    internal IEnumerable<string> EffectiveGrantTypes =>
        GrantTypes.Count > 0 ? GrantTypes.Distinct(StringComparer.Ordinal) : RedirectUris.Count > 0 ? Protocol.GrantTypes.DefaultForRegistration : [];
}

/// <summary>Holds configured clients to the rules that registered ones meet.</summary>
internal sealed class PreregisteredClientOptionsValidator(ScopeCatalog scopes, IOptions<RegistrationOptions> registration)
    : IValidateOptions<PreregisteredClientOptions>
{
    public ValidateOptionsResult Validate(string? name, PreregisteredClientOptions options)
    {
        List<string> problems = [.. options.Clients.SelectMany((client, index) => Problems(client).Select(problem => $"Clients:{index}:{problem}"))];
        problems.AddRange(options.Clients.GroupBy(client => client.ClientId).Where(same => same.Count() > 1)
            .Select(same => $"Clients: ClientId must be unique, but '{same.Key}' is there {same.Count()} times."));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Problems(PreregisteredClient client)
    {
        if (client.ClientId.Length is < 1 or > 128 || !client.ClientId.All(IsUnreserved))
        {
            yield return $"ClientId must have 1 to 128 characters of A-Z a-z 0-9 - . _ ~, but was '{client.ClientId}'.";
        }

        if (client.Name.Length is < 1 or > ClientNames.MaxShown)
        {
            yield return $"Name must have 1 to {ClientNames.MaxShown} characters, but was '{client.Name}'.";
        }

        if (!ClientAuthMethods.All.Contains(client.EffectiveAuthMethod) || client.EffectiveAuthMethod == ClientAuthMethods.None != client.Secret is null)
        {
            yield return $"AuthMethod must be none without a Secret, and client_secret_basic or client_secret_post with one, but was '{client.AuthMethod}'.";
        }

        if (client.Secret is { } secret && (secret.Length is < 32 or > 128 || !secret.All(IsUnreserved)))
        {
            // Never the value: it is a secret.
            yield return $"Secret must have 32 to 128 characters of A-Z a-z 0-9 - . _ ~, but has {secret.Length} or others.";
        }

        foreach (var uri in client.RedirectUris)
        {
            if (!RedirectUri.TryParse(uri, registration.Value.SchemesWithoutDot.AsReadOnly(), out _, out var problem))
            {
                yield return $"RedirectUris: {problem} It was '{uri}'.";
            }
        }

        foreach (var grantType in client.GrantTypes.Where(grantType => !GrantTypes.Supported.Contains(grantType)))
        {
            yield return $"GrantTypes must be of {string.Join(", ", GrantTypes.Supported)}, but one was '{grantType}'.";
        }

        if (client.GrantTypes.Contains(GrantTypes.AuthorizationCode) && client.RedirectUris.Count == 0)
        {
            yield return "GrantTypes: authorization_code needs RedirectUris, but there is none.";
        }

        if (!ScopeSet.TryParse(client.Scope, out var asked) || asked.Any(scope => scopes.Find(scope) is null))
        {
            yield return $"Scope must be known scopes, space-delimited, but was '{client.Scope}'.";
        }
    }

    private static bool IsUnreserved(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~';
}
