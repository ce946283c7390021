using System.Diagnostics;
using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.RateLimits;
using AuthCore.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Clients;

/// <summary>
/// Client authentication (RFC 6749 §2.3) for the token, revocation and introspection endpoints. An unknown client, a wrong secret, a wrong
/// way and a disabled client cost the same work and get the same answer.
/// </summary>
internal sealed class ClientAuthentication(IReadDatabase database, FailedClientAuthentications failures)
{
    private static readonly TokenHash NobodysSecret = OpaqueToken.Create().Hash();

    /// <summary>What the token, revocation and introspection endpoints have in common: the form is read, then the client proves who it is, then it is answered.</summary>
    public async Task<IResult> ServeAsync(HttpContext context, Func<Client, FormParameters, Task<IResult>> answer) =>
        await FormParameters.ReadAsync(context.Request) switch
        {
            FormReading.Refused refused => refused.Error,
            FormReading.Read { Parameters: var form } => await AuthenticateAsync(context, form, context.RequestAborted) switch
            {
                ClientAuthenticationOutcome.Refused refused => refused.Error,
                ClientAuthenticationOutcome.Authenticated authenticated => await answer(authenticated.Client, form),
                _ => throw new UnreachableException(),
            },
            _ => throw new UnreachableException(),
        };

    /// <param name="context">The request.</param>
    /// <param name="form">Its form.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public async Task<ClientAuthenticationOutcome> AuthenticateAsync(HttpContext context, FormParameters form, CancellationToken cancellationToken)
    {
        var reading = ClientCredentials.Read(context.Request, form);
        if (reading is not ClientCredentialsReading.Read { Credentials: var credentials })
        {
            return new ClientAuthenticationOutcome.Refused(((ClientCredentialsReading.Refused)reading).Error);
        }

        if (failures.WaitBefore(context, credentials.ClientId) is { } seconds)
        {
            return new ClientAuthenticationOutcome.Refused(OAuthError.TooManyRequests(seconds));
        }

        await using var db = database.Open();
        var client = await db.Clients().SingleOrDefaultAsync(client => client.ClientId == credentials.ClientId, cancellationToken);
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

    /// <summary>The client is who it says it is; a public one has only said so.</summary>
    public sealed record Authenticated(Client Client) : ClientAuthenticationOutcome;

    /// <summary>It is not, or not now.</summary>
    public sealed record Refused(OAuthError Error) : ClientAuthenticationOutcome;
}
