using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Hooks;
using AuthCore.Protocol;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthCore.Token;

/// <summary>
/// Asks hooks before a grant is redeemed, so that a veto spends nothing. Reads what the grant is for, so it is asked only where a hook listens. What the redemption will refuse
/// anyway goes there unasked: a veto must not hide a second use.
/// </summary>
internal sealed class TokenVeto(IDecisionHooks hooks, IReadDatabase database, RefreshTokenLookup refreshTokens, IOptions<TokenOptions> options, TimeProvider time)
{
    public async Task<bool> RefusesAsync(Client client, string grantType, RequestParameters form, CancellationToken cancellationToken) =>
        await ForeseeAsync(client, grantType, form, cancellationToken) is { } issuing
        && await hooks.DecideAsync(issuing, cancellationToken) is Verdict.Refused;

    private Task<IssuingTokens?> ForeseeAsync(Client client, string grantType, RequestParameters form, CancellationToken cancellationToken) => grantType switch
    {
        GrantTypes.AuthorizationCode => OfCodeAsync(client, form, cancellationToken),
        GrantTypes.RefreshToken => OfRefreshTokenAsync(client, form),
        _ => Task.FromResult<IssuingTokens?>(new(
            grantType, client.ClientId, null, ScopeSet.TryParse(form["scope"], out var scopes) ? scopes : ScopeSet.Empty, form.Resources is [var resource] ? resource : null)),
    };

    private async Task<IssuingTokens?> OfCodeAsync(Client client, RequestParameters form, CancellationToken cancellationToken)
    {
        if (form["code"] is not { } presented)
        {
            return null;
        }

        var hash = TokenHash.Of(presented).Value;
        await using var db = database.Open();
        var code = await db.Codes().SingleOrDefaultAsync(code => code.Hash == hash, cancellationToken);
        return code is { RedeemedAt: null } && code.ClientId == client.ClientId && code.ExpiresAt > time.GetUtcNow()
            ? new IssuingTokens(GrantTypes.AuthorizationCode, code.ClientId, code.UserId, ScopeSet.FromStorage(code.Scopes), code.Resource)
            : null;
    }

    private async Task<IssuingTokens?> OfRefreshTokenAsync(Client client, RequestParameters form)
    {
        if (form["refresh_token"] is not { } presented || !ScopeSet.TryParse(form["scope"], out var asked)
            || await refreshTokens.FindAsync(presented) is not var (family, generation)
            || family.ClientId != client.ClientId || !CanBeIssued(family, generation))
        {
            return null;
        }

        var granted = ScopeSet.FromStorage(family.Scopes);
        return asked.IsSubsetOf(granted)
            ? new IssuingTokens(GrantTypes.RefreshToken, family.ClientId, family.UserId, asked.Count > 0 ? asked : granted, family.Resource)
            : null;
    }

    /// <summary>The newest token, or the one before it within the grace window.</summary>
    private bool CanBeIssued(TokenFamily family, int generation)
    {
        var now = time.GetUtcNow();
        return family.RevokedAt is null && family.ExpiresAt > now
            && (generation >= family.Generation
                || (generation == family.Generation - 1 && family.RotatedAt > now - options.Value.RefreshGrace && family.Replays < options.Value.RefreshGraceUses));
    }
}
