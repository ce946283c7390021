import { always, code, drop, never, room, swap } from './list.mjs';

const revocation = 'src/AuthCore/Revocation/RevocationService.cs';
const ending = 'src/AuthCore/Grants/FamilyRevocation.cs';
const disabling = 'src/AuthCore/Grants/ClientDisabling.cs';
const endpoint = 'src/AuthCore/Revocation/RevocationEndpoint.cs';
const introspection = 'src/AuthCore/Introspection/IntrospectionEndpoint.cs';

export const tokens = room('Access tokens, liveness, revocation and introspection', 'token', 'src/AuthCore/ResourceServer', [
  ['liveness is not asked', 'AccessTokenValidator.cs', never('!liveness.IsAlive(grant.FamilyId, grant.ClientId, grant.UserId)'), 'LivenessTests RevocationEndpointTests'],
  ['revoked families are not loaded at start', 'LivenessSet.cs', drop('RevokeFamily(family.FamilyId, Later(family.RevokedAt, family.RotatedAt));'), 'LivenessTests'],
  ['everything is alive until the set is loaded', 'LivenessSet.cs', code('_loaded && !_families', '(@M || _loaded) && !_families'), 'LivenessTests'],
  ['a token for another resource is taken', 'AccessTokenValidator.cs', [never('grant.Resource != resource'), code('ValidAudiences = origin.Resources,', 'ValidAudiences = origin.Resources, ValidateAudience = !@M,')], 'AccessTokenTests'],
  ['a remembered token does not expire', 'AccessTokenValidator.cs', never('grant.ExpiresAt + ClockSkew <= time.GetUtcNow()'), 'AccessTokenTests'],
  ['a token may have any number of parts', 'AccessTokenValidator.cs', never("token.Count(c => c == '.') != 2"), 'AccessTokenTests'],
  ['a revocation does not reach the liveness set', null, { file: ending, ...drop('unit.Record(new FamiliesRevoked(') }, 'RevocationEndpointTests RevocationServiceTests'],
  ['a token of another type is taken', 'AccessTokenValidator.cs', code('ValidTypes = [AccessTokenIssuer.TokenType],', 'ValidTypes = @M ? null : new[] { AccessTokenIssuer.TokenType },'), 'AccessTokenTests'],
  ['a token of another issuer is taken', 'AccessTokenValidator.cs', code('ValidIssuer = origin.Issuer,', 'ValidIssuer = origin.Issuer, ValidateIssuer = !@M,'), 'AccessTokenTests'],
  ['a token has many spellings', 'AccessTokenValidator.cs', never("!token.Split('.').All(IsWrittenInOneWay)"), 'AccessTokenTests'],
  ['a header may say more than is understood', 'AccessTokenValidator.cs', never('!HasOneHeaderOnly(token)'), 'AccessTokenTests'],
  ['disabled people are not loaded at start', 'LivenessSet.cs', drop('_users[user] = 0;'), 'LivenessTests'],
  ['disabled clients are not loaded at start', 'LivenessSet.cs', drop('_clients[client] = 0;'), 'LivenessTests'],
  ['revoked families are forgotten at once', 'LivenessSet.cs', always('entry.Value.Until < now && time.GetElapsedTime(entry.Value.Since) >= Memory'), 'LivenessTests'],
  ['revoked families are remembered for no time', 'LivenessSet.cs', swap('TokenOptions.LongestAccessToken + TimeSpan.FromMinutes(10)', 'TimeSpan.Zero'), 'LivenessTests'],
  ['an access token outlives its family', null, { file: 'src/AuthCore/Token/AccessTokenIssuer.cs', ...swap('left < options.Value.AccessTokenLifetime ? left : options.Value.AccessTokenLifetime', 'options.Value.AccessTokenLifetime') }, 'RefreshTokenTests'],
  ['an access token is written to the log', null, { file: 'src/AuthCore/Token/TokenEndpoint.cs', ...code('return new OAuthJson<TokenResponse>(Answer(issued));', 'var answer = Answer(issued); if (@M) Log.Issued(logger, answer.AccessToken, client.ClientId, grantType); return new OAuthJson<TokenResponse>(answer);') }, 'SecretsInLogsTests'],
  ['the last access token of an expired family cannot be revoked', null, { file: ending, ...swap('now - TokenOptions.LongestAccessToken', 'now') }, 'FamilyModelTests RevocationEndpointTests'],
  ['only the first batch of a revocation is written', null, { file: 'src/AuthCore/Storage/Batches.cs', ...never('rows == Size') }, 'RevocationServiceTests'],
  ['a viewer may revoke', null, { file: revocation, ...code('owner, Roles.Operator', 'owner, @M ? Roles.Viewer : Roles.Operator') }, 'RevocationServiceTests'],
  ['a client may revoke another\'s refresh token', null, { file: endpoint, ...always('family.ClientId == client.ClientId') }, 'RevocationEndpointTests'],
  ['a client may revoke another\'s access token', null, { file: endpoint, ...always('grant.ClientId == client.ClientId') }, 'RevocationEndpointTests'],
  ['a revocation by a client is not recorded', null, { file: endpoint, ...drop('unit.Record(new FamilyRevoked(') }, 'RevocationEndpointTests'],
  ['a revocation by an operator is not recorded', null, { file: revocation, ...drop('unit.Record(new FamilyRevoked(') }, 'RevocationServiceTests'],
  ['disabling a client does not reach the liveness set', 'LivenessSet.cs', drop('_clients[disabled.ClientId] = 0;'), 'RevocationServiceTests'],
  ['disabling a client leaves it enabled', null, { file: disabling, ...code('client => client.DisabledAt, now)', 'client => client.DisabledAt, @M ? (DateTimeOffset?)null : now)') }, 'RevocationServiceTests'],
  ['a client that registered itself may ask about any token', null, { file: introspection, ...never('asker.Origin != ClientOrigin.Preregistered') }, 'IntrospectionEndpointTests'],
  ['a public client may introspect', null, { file: introspection, ...never('client.AuthMethod == ClientAuthMethods.None') }, 'IntrospectionEndpointTests'],
  ['anybody may ask about a refresh token', null, { file: introspection, ...never('family.ClientId != asker.ClientId') }, 'IntrospectionEndpointTests'],
  ['a spent refresh token is active', null, { file: introspection, ...never('generation != family.Generation') }, 'IntrospectionEndpointTests'],
  ['the refresh token of a revoked family is active', null, [{ file: introspection, ...never('family.RevokedAt is not null') }, { file: introspection, ...never('!liveness.IsAlive(family.FamilyId, family.ClientId, family.UserId)') }], 'IntrospectionEndpointTests'],
  ['the refresh token of an expired family is active', null, { file: introspection, ...never('family.ExpiresAt <= time.GetUtcNow()') }, 'IntrospectionEndpointTests'],
  ['a revocation is not applied to the liveness set', 'LivenessSet.cs', drop('RevokeFamily(family.FamilyId, family.LastIssuedAt);'), 'RevocationServiceTests RevocationEndpointTests RefreshTokenTests'],
]);
