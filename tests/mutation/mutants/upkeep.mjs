import { always, code, drop, never, room, swap } from './list.mjs';

const limits = 'src/AuthCore/RateLimits';
const keys = 'src/AuthCore/Keys';
const grants = 'src/AuthCore/Grants';

export const upkeep = room('Limits, keys and cleaners', 'upkeep', 'src/AuthCore/Storage', [
  ['no limit is kept', null, { file: 'src/AuthCore/EndpointRateLimits.cs', ...code('limits.Enabled ? make : null', 'limits.Enabled && !@M ? make : null') }, 'RateLimitTests'],
  ['an invented token gets an allowance of its own', null, { file: 'src/AuthCore/EndpointRateLimits.cs', ...code('return Address(context);', 'return @M && header is not null ? header : Address(context);') }, 'McpLimitTests'],
  ['each address of an IPv6 subscriber has an allowance', null, { file: 'src/AuthCore/Http/ClientAddress.cs', ...drop('bytes.AsSpan(8).Clear();') }, 'RateLimitTests'],
  ['the registrations of all together have no limit', null, { file: `${limits}/HostBudgetLimiter.cs`, ...code('lease.IsAcquired ?', 'lease.IsAcquired && !@M ?') }, 'RateLimitTests'],
  ['lifting a limit lifts nothing', null, { file: `${limits}/LiftedPartitions.cs`, ...code('Interlocked.Increment(ref _epoch)', '(@M ? 0 : Interlocked.Increment(ref _epoch))') }, 'RateLimitTests'],
  ['a refusal is not counted', null, { file: `${limits}/EndpointRateLimit.cs`, ...drop('activity.Refused(') }, 'RateLimitTests'],
  ['one key serves all purposes', null, { file: `${keys}/MasterKey.cs`, ...swap('$"McpAuthConsole/{purpose}/v1"', '"McpAuthConsole/v1"') }, 'MasterKeyTests'],
  ['others may read the master key\'s file', null, { file: 'src/AuthCore/Storage/PrivateFile.cs', ...code('options.UnixCreateMode = OwnerOnly;', 'options.UnixCreateMode = @M ? OwnerOnly | UnixFileMode.OtherRead : OwnerOnly;') }, 'MasterKeyTests'],
  ['a master key may be short', null, { file: `${keys}/MasterKey.cs`, ...always('length == KeySize') }, 'MasterKeyTests'],
  ['keys of cookies and tickets lie open in the database', null, { file: `${keys}/DataProtectionStore.cs`, ...drop('options.XmlEncryptor = ') }, 'MasterKeyTests'],
  ['a key that was retired signs', null, { file: `${keys}/KeyRing.cs`, ...code('stored.Last(key => key.RetiredAt is null)', 'stored.First(key => @M || key.RetiredAt is null)') }, 'KeyRingTests'],
  ['a code is forgotten as soon as it has expired', null, { file: `${grants}/StaleCodes.cs`, ...swap('now - CodeMemory', 'now') }, 'StaleRowsTests'],
  ['an answered ticket is forgotten before it expires', null, { file: 'src/AuthCore/Consent/AnsweredTicket.cs', ...always('ticket.ExpiresAt < before') }, 'StaleRowsTests'],
  ['a family is removed before its time', null, { file: `${grants}/StaleFamilies.cs`, ...always('family.ExpiresAt < before') }, 'StaleRowsTests'],
  ['an ended family is kept for ever', null, { file: `${grants}/StaleFamilies.cs`, ...never('family.RevokedAt < before') }, 'StaleRowsTests'],
  ['only one batch is cleaned at a time', null, { file: 'src/AuthCore/Storage/Batches.cs', ...always('rows < Size') }, 'StaleRowsTests'],
  ['a busy database is an error without a word when to come back', null, { file: 'src/AuthCore/Database/BusyStorage.cs', ...drop('context.Response.Headers.RetryAfter = ') }, 'BusyStorageTests'],
  ['the newest line of a lineage goes by its age', null, { file: `${grants}/StaleLineage.cs`, ...always('line.At < line.RotatedAt') }, 'StaleRowsTests'],
  ['the story of a replay goes by its age', null, { file: `${grants}/StaleLineage.cs`, ...always('line.ReuseMarks == 0') }, 'StaleRowsTests'],
]);
