import { always, code as written, drop, never, room, sql } from './list.mjs';

const statements = 'src/AuthCore/Grants/CodeStatements.cs';

export const code = room('Authorization codes and PKCE', 'code', 'src/AuthCore/Token', [
  ['a code is redeemed as often as it is presented', 'AuthorizationCodeGrant.cs', [never('code.RedeemedAt is not null'), { file: statements, ...sql('AND "RedeemedAt" IS NULL', '') }], 'AuthorizationCodeTests CodeRaceTests'],
  ['a wrong verifier leaves the code good', 'AuthorizationCodeGrant.cs', written('if (!await unit.TryRedeemCodeAsync(', 'if (!(@M && family is null) && !await unit.TryRedeemCodeAsync('), 'AuthorizationCodeTests'],
  ['the verifier is not checked', 'AuthorizationCodeGrant.cs', written('var verified = request', 'var verified = @M || request'), 'AuthorizationCodeTests'],
  ['the redirect URI is not compared', 'AuthorizationCodeGrant.cs', never('request.RedirectUri is not null'), 'AuthorizationCodeTests'],
  ['a code does not expire', 'AuthorizationCodeGrant.cs', [never('code.ExpiresAt <= unit.Now'), { file: statements, ...sql('AND "ExpiresAt" > @2', '') }], 'AuthorizationCodeTests'],
  ['another client may redeem', 'AuthorizationCodeGrant.cs', never('code.ClientId != request.Client.ClientId'), 'AuthorizationCodeTests'],
  ['a disabled person gets tokens', 'AuthorizationCodeGrant.cs', never('!await unit.IsEnabledAsync(userId)'), 'AuthorizationCodeTests RefreshRaceTests'],
  ['a redemption may name another resource', 'AuthorizationCodeGrant.cs', never('request.Resources.Any(resource => !ResourceIndicator.Is(resource, code.Resource, origin))'), 'AuthorizationCodeTests'],
  ['a second redemption leaves the first one\'s family alive', 'AuthorizationCodeGrant.cs', drop('await unit.RevokeForCodeAsync(family, source);'), 'AuthorizationCodeTests CodeRaceTests'],
  ['every family gets refresh tokens', 'AuthorizationCodeGrant.cs', written('Refreshable = code.Refreshable,', 'Refreshable = @M || code.Refreshable,'), 'ConsentInteractionTests RefreshTokenTests'],
  ['a verifier may have any length', null, { file: 'src/AuthCore/Protocol/PkceChallenge.cs', ...always('verifier.Length is >= MinVerifierLength and <= MaxVerifierLength') }, 'AuthorizationCodeTests'],
  ['a verifier may have any character', null, { file: 'src/AuthCore/Protocol/PkceChallenge.cs', ...always('verifier.All(IsUnreserved)') }, 'AuthorizationCodeTests'],
  ['a code lives ten times as long', null, { file: 'src/AuthCore/Consent/CodeDelivery.cs', ...written('options.Value.CodeLifetime', 'options.Value.CodeLifetime * (@M ? 10 : 1)') }, 'AuthorizationCodeTests'],
]);
