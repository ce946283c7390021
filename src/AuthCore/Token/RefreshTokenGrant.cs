using System.Diagnostics;
using AuthCore.Clients;
using AuthCore.Http;
using AuthCore.Protocol;

namespace AuthCore.Token;

/// <summary>RFC 6749 §6 with rotation (RFC 9700 §4.14.2).</summary>
internal sealed class RefreshTokenGrant(RefreshRotation rotation, TokenResponseWriter tokens) : IGrant
{
    public string GrantType => GrantTypes.RefreshToken;

    public async Task<GrantOutcome> RedeemAsync(Client client, RequestParameters form, RequestSource source, CancellationToken cancellationToken)
    {
        if (form["refresh_token"] is not { } presented)
        {
            return new GrantOutcome.Refused(GrantRefusal.ParameterMissing);
        }

        if (!ScopeSet.TryParse(form["scope"], out var scopes))
        {
            return new GrantOutcome.Refused(GrantRefusal.ScopeMalformed);
        }

        return await rotation.RotateAsync(new RotationRequest(presented, client.ClientId, scopes, form.Resources, source), cancellationToken) switch
        {
            RotationOutcome.Rotated rotated => new GrantOutcome.Issued(
                tokens.Write(rotated.Family, rotated.Generation, rotated.Scopes), rotated.Family.FamilyId),
            RotationOutcome.Refused refused => new GrantOutcome.Refused(refused.Why),
            _ => throw new UnreachableException(),
        };
    }
}
