using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.RateLimits;
using Microsoft.AspNetCore.Http;

namespace AuthCore.Clients;

/// <summary>
/// Client authentication (RFC 6749 §2.3) for the token, revocation and introspection endpoints. An unknown client, a wrong secret, a wrong
/// way and a disabled client get the same answer, and their secret is compared all the same. Identifiers of clients are no secret: one in use is found faster.
/// </summary>
internal sealed class ClientAuthentication(ClientStore clients, FailedClientAuthentications failures)
{
    private static readonly TokenHash NobodysSecret = OpaqueToken.Create().Hash();

    /// <summary>What the token, revocation and introspection endpoints have in common: the form is read, then the client proves who it is, then it is answered.</summary>
    public async Task<IResult> ServeAsync(HttpContext context, Func<Client, RequestParameters, Task<IResult>> answer) =>
        await (await FormReader.ReadAsync(context.Request)).Match(
            async form =>
            {
                var outcome = await AuthenticateAsync(context, form.Parameters, context.RequestAborted);
                return await outcome.Match(authenticated => answer(authenticated.Client, form.Parameters), refused => Task.FromResult<IResult>(refused.Error));
            },
            refused => Task.FromResult<IResult>(refused.Error));

    /// <param name="context">The request.</param>
    /// <param name="form">Its form.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<ClientAuthenticationOutcome> AuthenticateAsync(HttpContext context, RequestParameters form, CancellationToken cancellationToken)
    {
        var reading = ClientCredentials.Read(context.Request, form);
        return await reading.Match(
            read => CheckAsync(context, read.Credentials, cancellationToken),
            refused => Task.FromResult<ClientAuthenticationOutcome>(new ClientAuthenticationOutcome.Refused(refused.Error)));
    }

    private async Task<ClientAuthenticationOutcome> CheckAsync(HttpContext context, ClientCredentials credentials, CancellationToken cancellationToken)
    {
        if (failures.WaitBefore(context, credentials.ClientId) is { } seconds)
        {
            return new ClientAuthenticationOutcome.Refused(OAuthError.TooManyRequests(seconds));
        }

        var client = await clients.FindAsync(credentials.ClientId, cancellationToken);
        if (Proves(credentials, client))
        {
            return new ClientAuthenticationOutcome.Authenticated(client!);
        }

        failures.Note(context, credentials.ClientId);
        return new ClientAuthenticationOutcome.Refused(OAuthError.InvalidClient);
    }

    internal static bool Proves(ClientCredentials credentials, Client? client)
    {
        var expected = client?.SecretHash is { } stored ? TokenHash.FromStorage(stored) : NobodysSecret;
        var secretIsRight = (credentials.SecretHash ?? NobodysSecret).FixedTimeEquals(expected);
        // Without a stored secret both sides are empty: only a client that is registered as public may pass like that.
        var secretIsDue = credentials.AuthMethod != ClientAuthMethods.None;
        return client is { DisabledAt: null }
            && client.AuthMethod == credentials.AuthMethod
            && secretIsDue == client.SecretHash is not null
            && secretIsRight;
    }
}

/// <summary>What client authentication came to.</summary>
internal abstract record ClientAuthenticationOutcome
{
    private ClientAuthenticationOutcome()
    {
    }

    /// <summary>One function for each case.</summary>
    public abstract T Match<T>(Func<Authenticated, T> authenticated, Func<Refused, T> refused);

    /// <summary>The client is who it says it is; a public one has only said so.</summary>
    public sealed record Authenticated(Client Client) : ClientAuthenticationOutcome
    {
        public override T Match<T>(Func<Authenticated, T> authenticated, Func<Refused, T> refused) => authenticated(this);
    }

    /// <summary>It is not, or not now.</summary>
    public sealed record Refused(OAuthError Error) : ClientAuthenticationOutcome
    {
        public override T Match<T>(Func<Authenticated, T> authenticated, Func<Refused, T> refused) => refused(this);
    }
}
