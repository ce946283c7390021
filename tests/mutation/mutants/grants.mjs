import { always, code, never, room, swap } from './list.mjs';

const liveness = 'src/AuthCore/ResourceServer/LivenessSet.cs';
const stepUps = 'src/AuthCore/Grants/PendingStepUps.cs';
const challenge = 'src/McpEndpoint/Http/BearerChallenge.cs';

export const grants = room('Step-up, superseded grants and clocks', 'grant', 'src/AuthCore/Grants', [
  ['a refresh after a refused call never sends the client to its user', null, { file: stepUps, ...code('_refused.TryRemove(familyId, out var refusal) && IsRecent(refusal.At)', '!@M && _refused.TryRemove(familyId, out var refusal) && IsRecent(refusal.At)') }, 'StepUpTests'],
  ['a call refused long ago refuses a refresh', null, { file: stepUps, ...code('out var refusal) && IsRecent(refusal.At)', 'out var refusal) && (@M || IsRecent(refusal.At))') }, 'StepUpTests'],
  ['a proven family revokes newer ones too', 'Supersession.cs', [always('row.CreatedAt <= family.CreatedAt'), always('row.CreatedAt < family.CreatedAt || string.CompareOrdinal(row.FamilyId, family.FamilyId) < 0')], 'SupersessionTests'],
  ['a proven family revokes none', 'Supersession.cs', code('older.Length == 0 ? []', '@M || older.Length == 0 ? []'), 'SupersessionTests'],
  ['a proven family revokes those of other installations', 'Supersession.cs', always('RedirectUri.SameDestination(there, here)'), 'SupersessionTests'],
  ['a proven family revokes those of other people', 'Supersession.cs', always('row.UserId == family.UserId'), 'SupersessionTests'],
  ['a family that was revoked while the clock ran behind is forgotten too early', null, { file: liveness, ...swap('Later(time.GetUtcNow(), lastRotatedAt)', 'time.GetUtcNow()') }, 'LivenessTests'],
  ['so is one that is loaded at start', null, { file: liveness, ...swap('Later(family.RevokedAt, family.RotatedAt)', 'family.RevokedAt') }, 'LivenessTests'],
  ['a code of a clock that ran ahead lives until then', null, { file: 'src/AuthCore/Token/AuthorizationCodeGrant.cs', ...never('code.ExpiresAt > unit.Now + TokenOptions.LongestCode') }, 'AuthorizationCodeTests'],
  ['the grace of a clock that ran ahead lasts until then', null, { file: 'src/AuthCore/Token/RefreshTokenGrant.cs', ...always('row.RotatedAt < until') }, 'RefreshTokenTests'],
  ['a first challenge never names all scopes', null, { file: challenge, ...never('options.Value.ChallengeAllScopes') }, 'BearerChallengeTests'],
  ['a first challenge always names all scopes', null, { file: challenge, ...always('options.Value.ChallengeAllScopes') }, 'BearerChallengeTests'],
]);
