import { always, code, drop, never, room, swap } from './list.mjs';

const accounts = 'src/AuthCore/Accounts';
const audit = 'src/AuthCore/Audit';
const ending = 'src/AuthCore/Grants/AccessRevocation.cs';

export const people = room('People, roles and the audit trail', 'people', 'src/AuthCore/Users', [
  ['anybody may list token families', null, { file: 'src/AuthCore/Grants/TokenFamilyDirectory.cs', ...drop('await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);') }, 'TokenFamilyDirectoryTests'],
  ['anybody may see a lineage', null, { file: 'src/AuthCore/Grants/TokenFamilyDirectory.cs', ...drop('await gate.RequireOwnerOrAsync(') }, 'TokenFamilyDirectoryTests'],
  ['an operator may give roles', null, { file: `${accounts}/UserDirectory.cs`, ...code(
    'SetRoleAsync(ClaimsPrincipal caller, string userId, string? role, CancellationToken cancellationToken = default)\n    {\n        var actor = await gate.RequireAsync(caller, Roles.Administrator',
    'SetRoleAsync(ClaimsPrincipal caller, string userId, string? role, CancellationToken cancellationToken = default)\n    {\n        var actor = await gate.RequireAsync(caller, @M ? Roles.Operator : Roles.Administrator') }, 'UserDirectoryTests'],
  ['a disabled person keeps their role', 'OperatorGate.cs', always('user.DisabledAt == null'), 'OperatorGateTests'],
  ['a token without the scope may use a role', 'OperatorGate.cs', never('!caller.HasClaim("scope", scope)'), 'OperatorGateTests'],
  ['any role is enough', 'OperatorGate.cs', always('enough.Contains(known.Name!)'), 'OperatorGateTests'],
  ['a refusal is not recorded', 'OperatorGate.cs', drop('await lane.RecordAsync('), 'OperatorGateTests'],
  ['the last administrator may be demoted', null, { file: `${accounts}/UserDirectory.cs`, ...never('role != Roles.Administrator && await IsLastAdministratorAsync(unit, userId)') }, 'UserDirectoryTests'],
  ['the last administrator may be disabled', null, { file: `${accounts}/UserDirectory.cs`, ...never('disabled && await IsLastAdministratorAsync(unit, userId)') }, 'UserDirectoryTests'],
  ['a change of role leaves the security stamp as it is', null, { file: `${accounts}/UserDirectory.cs`, ...drop('await unit.UpdateUsersAsync(user => user.Id == userId, set => set.RenewSecurityStamp());') }, 'UserDirectoryTests'],
  ['disabling a person ends no connection', null, { file: `${accounts}/UserDirectory.cs`, ...swap('await unit.RevokeOfUserAsync(userId, RevocationReason.UserDisabled, actor)', 'new AuthCore.Grants.RevokedAccess([], 0)') }, 'UserDirectoryTests'],
  ['disabling a person does not reach the liveness set', null, { file: 'src/AuthCore/ResourceServer/LivenessSet.cs', ...drop('_users[disabled.UserId] = 0;') }, 'UserDirectoryTests LivenessTests'],
  ['two people may have one address', null, { file: `${accounts}/AccountWrites.cs`, ...never('await unit.Db.Users().AnyAsync(other => other.NormalizedEmail == user.NormalizedEmail || other.NormalizedUserName == user.NormalizedUserName)') }, 'UserDirectoryTests'],
  ['nothing is appended to the audit trail', null, { file: 'src/AuthCore/Database/Sqlite/SqliteWriteUnit.cs', ...drop('await store.StoreAsync(this, [') }, 'AuditTrailTests'],
  ['a line of the audit trail does not prove the one before', null, { file: `${audit}/AuditHash.cs`, ...drop('hash.AppendData(before);\n        Append(hash, line.Number);') }, 'AuditTrailTests'],
  ['an address in the audit trail may be changed', null, { file: `${audit}/AuditHash.cs`, ...code('line.Data, line.Address, line.CorrelationId', 'line.Data, @M ? null : line.Address, line.CorrelationId') }, 'AuditTrailTests'],
  ['two lines of the audit trail may read alike', null, { file: `${audit}/AuditHash.cs`, ...drop('Append(hash, text is null ? -1 : bytes.Length);') }, 'AuditTrailTests'],
  ['the head of an audit chain is not compared', null, { file: `${audit}/AuditVerifier.cs`, ...code('_ when !_headSeen', '_ when !@M && !_headSeen') }, 'AuditTrailTests'],
  ['anybody may read the audit trail', null, { file: `${audit}/AuditDirectory.cs`, ...drop('await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);\n        await using var db') }, 'AuditTrailTests OperatorGateTests'],
  ['any set-up code is right', null, { file: `${accounts}/FirstRun.cs`, ...never('!TokenHash.Of(Normalize(code)).FixedTimeEquals(expected)') }, 'FirstRunTests'],
  ['anybody owns anything', 'OperatorGate.cs', always('UserIdOf(caller) == ownerId'), 'OperatorGateTests RevocationServiceTests TokenFamilyDirectoryTests'],
  ['a break of the audit trail is not found', null, { file: `${audit}/AuditVerifier.cs`, ...code('if (line.Number != _lines || HasAnAlienColumn(line) || (!_isOfAnotherKey && !line.Hash.AsSpan().SequenceEqual(expected)))', 'if (!@M && (line.Number != _lines || HasAnAlienColumn(line) || (!_isOfAnotherKey && !line.Hash.AsSpan().SequenceEqual(expected))))') }, 'AuditTrailTests'],
  ['a new person may have any password', 'NewUsers.cs', drop('problems.AddRange(await ProblemsAsync(users, user, password));'), 'UserDirectoryTests'],
  ['a save of Identity writes back what was changed meanwhile', 'UserWrites.cs', drop('set.SetProperty(user => user.ConcurrencyStamp, stamp);'), 'UserWritesTests'],
  ['a session of before a changed password may consent', null, { file: 'src/AuthCore/Consent/ConsentDecisions.cs', ...never('!await IsCurrentAsync(unit, person)') }, 'ConsentInteractionTests'],
  ['a code outlives the end of its person\'s access', null, { file: ending, ...swap('await unit.InvalidateCodesAsync(code => code.UserId == userId)', '0') }, 'InvalidatedCodeTests'],
  ['a code outlives the end of its client\'s access', null, { file: ending, ...swap('await unit.InvalidateCodesAsync(code => code.ClientId == clientId)', '0') }, 'InvalidatedCodeTests'],
  ['connections outlive the end of their person\'s access', null, { file: ending, ...swap('await unit.RevokeFamiliesAsync(family => family.UserId == userId, why, actor, atMost)', '[]') }, 'PasswordChangeTests'],
  ['connections of a disabled person are refreshed', null, { file: 'src/AuthCore/Token/RefreshTokenGrant.cs', ...never('!isPersonEnabled') }, 'RefreshTokenTests'],
  ['a session of before a changed password may write', 'OperatorGate.cs', always('isGrant || role == Roles.Viewer'), 'OperatorGateTests'],
  ['a changed password leaves the sessions alive', null, { file: `${accounts}/AccountWrites.cs`, ...drop('await unit.EndSessionsAsync(') }, 'PasswordChangeTests'],
  ['the password of a locked account is looked at', null, { file: 'src/AuthCore/Users/Passwords/AccountLockout.cs', ...always('user.LockoutEnd == null || user.LockoutEnd <= now') }, 'PasswordSignInTests'],
  ['a change of role leaves the sessions alive', null, { file: `${accounts}/UserDirectory.cs`, ...drop('await unit.EndSessionsAsync(session => session.UserId == userId, SessionEnd.RoleChanged, actor);') }, 'BrowserSessionDirectoryTests'],
  ['disabling a person leaves the sessions alive', null, { file: `${accounts}/UserDirectory.cs`, ...drop('await unit.EndSessionsAsync(session => session.UserId == userId, SessionEnd.UserDisabled, actor);') }, 'BrowserSessionDirectoryTests'],
  ['any account ends the first set-up', null, { file: `${accounts}/FirstRun.cs`, ...swap('await Administrators.In(db).AnyAsync(cancellationToken)', 'await db.Users().AnyAsync(cancellationToken)') }, 'FirstRunTests'],
  ['one more set-up code may be guessed than is allowed', null, { file: `${accounts}/WrongSetupCodes.cs`, ...swap('guesses.Wrong >= Allowed', 'guesses.Wrong > Allowed') }, 'WrongSetupCodesTests'],
  ['a line of the audit trail can be made without the key', null, { file: `${audit}/AuditHash.cs`, ...swap('IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key)', 'IncrementalHash.CreateHash(HashAlgorithmName.SHA256)') }, 'AuditTrailTests'],
  ['a commit that failed leaves a hole in the audit trail', null, { file: `${audit}/AuditChain.cs`, ...drop('(_head, _pending) = (null, null);') }, 'AuditTrailTests'],
]);
