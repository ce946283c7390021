import { always, code, drop, never, room } from './list.mjs';

const audit = 'src/AuthCore/Audit';

export const people = room('People, roles and the audit trail', 'people', 'src/AuthCore/Users', [
  ['anybody may list token families', null, { file: 'src/AuthCore/TokenFamilies/TokenFamilyDirectory.cs', ...drop('await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);') }, 'TokenFamilyDirectoryTests'],
  ['anybody may see a lineage', null, { file: 'src/AuthCore/TokenFamilies/TokenFamilyDirectory.cs', ...drop('await gate.RequireOwnerOrAsync(') }, 'TokenFamilyDirectoryTests'],
  ['an operator may give roles', 'UserDirectory.cs', code(
    'SetRoleAsync(ClaimsPrincipal caller, string userId, string? role, CancellationToken cancellationToken = default)\n    {\n        var actor = await gate.RequireAsync(caller, Roles.Administrator',
    'SetRoleAsync(ClaimsPrincipal caller, string userId, string? role, CancellationToken cancellationToken = default)\n    {\n        var actor = await gate.RequireAsync(caller, @M ? Roles.Operator : Roles.Administrator'), 'UserDirectoryTests'],
  ['a disabled person keeps their role', 'OperatorGate.cs', always('user.DisabledAt == null'), 'OperatorGateTests'],
  ['a token without the scope may use a role', 'OperatorGate.cs', never('!caller.HasClaim("scope", scope)'), 'OperatorGateTests'],
  ['any role is enough', 'OperatorGate.cs', always('enough.Contains(known.Name!)'), 'OperatorGateTests'],
  ['a refusal is not in the audit trail', 'OperatorGate.cs', drop('await audit.RecordAsync('), 'OperatorGateTests'],
  ['the last administrator may be demoted', 'UserDirectory.cs', never('role != Roles.Administrator && await IsLastAdministratorAsync(unit, userId)'), 'UserDirectoryTests'],
  ['the last administrator may be disabled', 'UserDirectory.cs', never('disabled && await IsLastAdministratorAsync(unit, userId)'), 'UserDirectoryTests'],
  ['a change of role leaves the sessions alive', 'UserDirectory.cs', code('user.SecurityStamp = NewUsers.NewStamp()', 'user.SecurityStamp = @M ? user.SecurityStamp : NewUsers.NewStamp()'), 'UserDirectoryTests'],
  ['disabling a person ends no connection', 'UserDirectory.cs', code('disabled ? await families.EndAsync', 'disabled && !@M ? await families.EndAsync'), 'UserDirectoryTests'],
  ['disabling a person does not reach the liveness set', 'UserDirectory.cs', drop('unit.OnCommitted(() => SetAlive(userId, !disabled));'), 'UserDirectoryTests'],
  ['two people may have one address', 'UserDirectory.cs', never('await unit.Db.Users.AnyAsync(other => other.NormalizedEmail == user.NormalizedEmail || other.NormalizedUserName == user.NormalizedUserName)'), 'UserDirectoryTests'],
  ['nothing is appended to the audit trail', null, { file: `${audit}/AuditTrail.cs`, ...code('var last = await unit.Db.AuditLines', 'if (@M) return;\n        var last = await unit.Db.AuditLines') }, 'AuditTrailTests'],
  ['a line of the audit trail does not prove the one before', null, { file: `${audit}/AuditHash.cs`, ...drop('hash.AppendData(before);') }, 'AuditTrailTests'],
  ['an address in the audit trail may be changed', null, { file: `${audit}/AuditHash.cs`, ...code('detail, source.Address, source.CorrelationId]', 'detail, @M ? null : source.Address, source.CorrelationId]') }, 'AuditTrailTests'],
  ['two lines of the audit trail may read alike', null, { file: `${audit}/AuditHash.cs`, ...drop('Append(hash, text is null ? -1 : bytes.Length);') }, 'AuditTrailTests'],
  ['a detail of the audit trail may have any length', null, { file: `${audit}/AuditTrail.cs`, ...code('entry.Detail is { Length: > MaxDetailLength } longer ? longer[..MaxDetailLength] : entry.Detail', '@M ? entry.Detail : entry.Detail is { Length: > MaxDetailLength } longer ? longer[..MaxDetailLength] : entry.Detail') }, 'AuditTrailTests'],
  ['anybody may read the audit trail', null, { file: `${audit}/AuditDirectory.cs`, ...drop('await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);') }, 'AuditTrailTests OperatorGateTests'],
  ['any set-up code is right', 'FirstRun.cs', never('!TokenHash.Of(Normalize(code)).FixedTimeEquals(expected)'), 'FirstRunTests'],
  ['anybody owns anything', 'OperatorGate.cs', always('UserIdOf(caller) == ownerId'), 'OperatorGateTests RevocationDeskTests TokenFamilyDirectoryTests'],
  ['a break of the audit trail is not found', null, { file: `${audit}/AuditTrail.cs`, ...never('!line.Hash.AsSpan().SequenceEqual(AuditHash.Of(before, line))') }, 'AuditTrailTests'],
  ['a new person may have any password', 'NewUsers.cs', code('if (problems.Count == 0)\n', 'if (@M) problems.Clear();\n        if (problems.Count == 0)\n'), 'UserDirectoryTests'],
]);
