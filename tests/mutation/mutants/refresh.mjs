import { always, code, drop, never, room, sql, swap } from './list.mjs';

const statements = 'src/AuthCore/Grants/FamilyStatements.cs';

export const refresh = room('Refresh tokens', 'refresh', 'src/AuthCore/Token', [
  ['a revoked family is rotated', null, { file: statements, ...sql('AND "RevokedAt" IS NULL\n', '') }, 'RefreshTokenTests RefreshRaceTests RevocationEndpointTests'],
  ['an expired family is rotated', null, { file: statements, ...sql('AND "ExpiresAt" > @3', '') }, 'RefreshTokenTests'],
  ['another client may refresh', 'RefreshTokenGrant.cs', never('family.ClientId != request.ClientId'), 'RefreshTokenTests'],
  ['a refresh may widen the scope', 'RefreshTokenGrant.cs', never('!request.Scopes.IsSubsetOf(granted)'), 'RefreshTokenTests'],
  ['a refresh may name another resource', 'RefreshTokenGrant.cs', never('request.Resources.Any(resource => !ResourceIndicator.Is(resource, family.Resource, origin))'), 'RefreshTokenTests'],
  ['the grace has no limit of uses', 'RefreshTokenGrant.cs', always('row.Replays < options.Value.RefreshGraceUses'), 'RefreshTokenTests'],
  ['the grace has no end', 'RefreshTokenGrant.cs', always('row.RotatedAt > since'), 'RefreshTokenTests'],
  ['sliding passes the absolute end', 'RefreshTokenGrant.cs', swap('idle < family.AbsoluteExpiresAt ? idle : family.AbsoluteExpiresAt', 'idle'), 'RefreshTokenTests'],
  ['the authenticator of a token is not checked', 'RefreshTokenGrant.cs', never('!deriver.IsGenuine(presented, family)'), 'RefreshTokenTests RefreshTokenDeriverTests'],
  ['a reuse is not recorded', null, { file: 'src/AuthCore/Grants/ReuseDetection.cs', ...drop('unit.Record(reuse);') }, 'RefreshTokenTests'],
  ['any generation is rotated', null, { file: statements, ...sql('AND "Generation" = @2\n', '') }, 'RefreshTokenTests RefreshRaceTests'],
  ['the grace holds for every earlier generation', 'RefreshTokenGrant.cs', always('generation == family.Generation - 1'), 'RefreshTokenTests'],
  ['a reuse leaves the family alive', null, { file: 'src/AuthCore/Grants/ReuseDetection.cs', ...code('.SetProperty(row => row.RevokedAt, unit.Now)', '.SetProperty(row => row.RevokedAt, @M ? (DateTimeOffset?)null : unit.Now)') }, 'RefreshTokenTests'],
  ['a reuse leaves the access tokens alive', null, { file: 'src/AuthCore/Grants/ReuseDetection.cs', ...drop('unit.Record(new FamiliesRevoked([new RevokedFamily(family.FamilyId, family.RotatedAt)], family.ClientId));') }, 'RefreshTokenTests'],
  ['repetitions are not counted', 'RefreshTokenGrant.cs', code('row.Replays + 1', 'row.Replays + (@M ? 0 : 1)'), 'RefreshTokenTests'],
  ['a new generation begins with the repetitions of the one before', null, { file: statements, ...sql('"Replays" = 0,', '') }, 'RefreshTokenTests'],
  ['a token newer than the database revokes the family', 'RefreshTokenGrant.cs', never('generation > family.Generation'), 'RefreshTokenTests'],
  ['a family without refresh tokens can be refreshed', 'RefreshTokenGrant.cs', code('family is not { Refreshable: true }', 'family is null || (!@M && !family.Refreshable)'), 'RefreshTokenTests'],
  ['one authenticator fits every generation', null, { file: 'src/AuthCore/Grants/RefreshToken.cs', ...swap('$"{family.FamilyId}/{generation}/{family.ClientId}"', '$"{family.FamilyId}/{family.ClientId}"') }, 'RefreshTokenDeriverTests RefreshTokenTests'],
  ['the database alone is enough to make a refresh token', null, { file: 'src/AuthCore/Grants/RefreshToken.cs', ...swap('master.Derive("refresh-token", family.Secret)', 'family.Secret') }, 'RefreshTokenDeriverTests'],
  ['the idle time does not slide', 'RefreshTokenGrant.cs', code('generation, expires, source)', 'generation, @M ? family.ExpiresAt : expires, source)'), 'RefreshTokenTests FamilyModelTests'],
  ['a repetition from another address is not marked as such', 'RefreshTokenGrant.cs', never('source.Address != family.RotatedFrom'), 'RefreshTokenTests'],
]);
