using AuthCore.Http;
using AuthCore.Protocol;
using Microsoft.AspNetCore.Http;

namespace AuthCore.Clients;

/// <summary>How a client says who it is (RFC 6749 §2.3), read from a request and not yet believed.</summary>
/// <param name="ClientId">Who it says it is.</param>
/// <param name="AuthMethod">Which way it said so: one of <see cref="ClientAuthMethods"/>.</param>
/// <param name="SecretHash">The hash of the secret that it showed; null for a public client.</param>
internal sealed record ClientCredentials(string ClientId, string AuthMethod, TokenHash? SecretHash)
{
    // RFC 9110 §11.1: in any case.
    private const string BasicScheme = "Basic ";

    /// <summary>Reads the one way that the request uses. Two ways at once are refused (RFC 6749 §2.3).</summary>
    public static ClientCredentialsReading Read(HttpRequest request, RequestParameters form)
    {
        if (form["client_assertion"] is not null || form["client_assertion_type"] is not null)
        {
            return new ClientCredentialsReading.Refused(OAuthError.InvalidClient);
        }

        return request.Headers.Authorization switch
        {
            [] => FromForm(form),
            [{ } header] when form["client_secret"] is null => FromBasic(header, form["client_id"]),
            _ => Refuse("The client must authenticate in one way only."),
        };
    }

    private static ClientCredentialsReading FromForm(RequestParameters form)
    {
        if (form["client_id"] is not { } clientId)
        {
            return new ClientCredentialsReading.Refused(OAuthError.InvalidClient);
        }

        return new ClientCredentialsReading.Read(form["client_secret"] is { } secret
            ? new ClientCredentials(clientId, ClientAuthMethods.Post, TokenHash.Of(secret))
            : new ClientCredentials(clientId, ClientAuthMethods.None, null));
    }

    private static ClientCredentialsReading FromBasic(string header, string? clientIdInForm)
    {
        var bytes = new byte[header.Length];
        if (!header.StartsWith(BasicScheme, StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64String(header[BasicScheme.Length..].Trim(' '), bytes, out var length)
            || bytes.AsSpan(0, length).IndexOf((byte)':') is not (> 0 and var colon)
            || !FormEncoding.TryDecode(bytes.AsSpan(0, colon), out var clientId)
            || !FormEncoding.TryDecode(bytes.AsSpan(colon + 1, length - colon - 1), out var secret)
            || secret.Length == 0)
        {
            return new ClientCredentialsReading.Refused(OAuthError.InvalidClient);
        }

        return clientIdInForm is null || clientIdInForm == clientId
            ? new ClientCredentialsReading.Read(new ClientCredentials(clientId, ClientAuthMethods.Basic, TokenHash.Of(secret)))
            : Refuse("The client identifiers in the header and in the body differ.");
    }

    private static ClientCredentialsReading.Refused Refuse(string description) => new(OAuthError.InvalidRequest(description));
}

/// <summary>What reading a client's credentials came to.</summary>
internal abstract record ClientCredentialsReading
{
    private ClientCredentialsReading()
    {
    }

    /// <summary>One function for each case.</summary>
    public abstract T Match<T>(Func<Read, T> read, Func<Refused, T> refused);

    /// <summary>One well-formed way.</summary>
    public sealed record Read(ClientCredentials Credentials) : ClientCredentialsReading
    {
        public override T Match<T>(Func<Read, T> read, Func<Refused, T> refused) => read(this);
    }

    /// <summary>None, a broken one, or two.</summary>
    public sealed record Refused(OAuthError Error) : ClientCredentialsReading
    {
        public override T Match<T>(Func<Read, T> read, Func<Refused, T> refused) => refused(this);
    }
}

/// <summary>The values of <c>token_endpoint_auth_method</c> that this server knows (RFC 7591 §2).</summary>
internal static class ClientAuthMethods
{
    /// <summary>A public client.</summary>
    public const string None = "none";

    /// <summary>HTTP Basic.</summary>
    public const string Basic = "client_secret_basic";

    /// <summary>Form parameters.</summary>
    public const string Post = "client_secret_post";

    /// <summary>All of them, as metadata lists them.</summary>
    public static IReadOnlyList<string> All { get; } = [None, Basic, Post];

    /// <summary>Those with a secret.</summary>
    public static IReadOnlyList<string> Confidential { get; } = [Basic, Post];
}
