using System.Text.Json.Nodes;
using AuthCore.Clients;
using AuthCore.Http;

namespace AuthCore.Registration;

/// <summary>What a client registers (RFC 7591 §2), after the rules were applied and the defaults filled in.</summary>
internal sealed record ClientMetadata
{
    public required string Name { get; init; }

    /// <summary>Whether characters that cannot be seen were taken out of the name.</summary>
    public bool NameHid { get; init; }

    public required IReadOnlyList<string> RedirectUris { get; init; }

    public required string AuthMethod { get; init; }

    public required IReadOnlyList<string> GrantTypes { get; init; }

    /// <summary><c>web</c> or <c>native</c>.</summary>
    public required string ApplicationType { get; init; }

    /// <summary>Links, localized variants, contacts, software identifiers, scope: echoed and shown, never acted on.</summary>
    public required JsonObject Rest { get; init; }

    /// <summary>Whether the client gets a secret.</summary>
    public bool IsConfidential => AuthMethod != ClientAuthMethods.None;
}

/// <summary>What looking at a registration came to.</summary>
internal abstract record ClientMetadataReading
{
    private ClientMetadataReading()
    {
    }

    /// <summary>Answers for each case.</summary>
    public abstract T Match<T>(Func<Read, T> read, Func<Refused, T> refused);

    /// <summary>It can be registered.</summary>
    public sealed record Read(ClientMetadata Metadata) : ClientMetadataReading
    {
        public override T Match<T>(Func<Read, T> read, Func<Refused, T> refused) => read(this);
    }

    /// <summary>It cannot.</summary>
    public sealed record Refused(OAuthError Error) : ClientMetadataReading
    {
        public override T Match<T>(Func<Read, T> read, Func<Refused, T> refused) => refused(this);
    }

    public static Refused Invalid(string description) => new(OAuthError.InvalidClientMetadata(description));

    public static Refused InvalidRedirect(string description) => new(OAuthError.InvalidRedirectUri(description));

    internal static Refused WrongType(string member) => Invalid($"{member} has the wrong type.");
}
