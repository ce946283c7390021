namespace AuthCore.Clients;

/// <summary>A client (RFC 6749 §2) as stored. Kept until it is purged unused; disabled ones are kept so that their identifier stays taken.</summary>
internal sealed class Client
{
    public required string ClientId { get; init; }

    /// <summary>Untrusted: what the client calls itself.</summary>
    public required string Name { get; set; }

    /// <summary>Whether characters that cannot be seen were taken out of the name before it was stored.</summary>
    public bool NameHid { get; init; }

    public required ClientOrigin Origin { get; init; }

    /// <summary><c>none</c>, <c>client_secret_basic</c> or <c>client_secret_post</c>.</summary>
    public required string AuthMethod { get; set; }

    /// <summary>A <see cref="Protocol.TokenHash"/> of the secret; null for public clients.</summary>
    public string? SecretHash { get; set; }

    public required List<string> RedirectUris { get; set; }

    public required List<string> GrantTypes { get; set; }

    /// <summary>The scopes it may ask for, space-delimited; null for all.</summary>
    public string? Scope { get; set; }

    /// <summary><c>web</c> or <c>native</c>.</summary>
    public required string ApplicationType { get; set; }

    /// <summary>The rest of its registered metadata as a JSON object, echoed and shown, never acted on.</summary>
    public string? Metadata { get; set; }

    /// <summary>Roughly how many bytes the row costs; counted when it registered itself.</summary>
    public int Size { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? CreatedFrom { get; init; }

    /// <summary>When a person last allowed it something; null keeps it a candidate for reaping.</summary>
    public DateTimeOffset? LastGrantedAt { get; set; }

    public DateTimeOffset? DisabledAt { get; set; }

    public bool Allows(string grantType) => GrantTypes.Contains(grantType, StringComparer.Ordinal);
}
