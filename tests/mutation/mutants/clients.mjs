import { always, code, drop, never, room, swap } from './list.mjs';

const registration = 'src/AuthCore/Registration';
const oldest = `unused
                .Where(client => client.ClientId != newcomer.ClientId && !spared.Contains(client.ClientId))
                .OrderBy(client => client.CreatedAt)`;
const names = 'src/AuthCore/Clients/Names';

export const clients = room('Clients and registration', 'client', 'src/AuthCore/Clients', [
  ['a secret is not compared', 'ClientAuthentication.cs', code('&& secretIsRight;', '&& (@M || secretIsRight);'), 'ClientAuthenticationTests'],
  ['a disabled client may authenticate', 'ClientAuthentication.cs', code('client is { DisabledAt: null }', 'client is not null && (@M || client.DisabledAt is null)'), 'ClientAuthenticationTests'],
  ['a client may authenticate in any way', 'ClientAuthentication.cs', always('client.AuthMethod == credentials.AuthMethod'), 'ClientAuthenticationTests'],
  ['a caller that guessed too often may go on guessing', 'ClientAuthentication.cs', code('if (failures.WaitBefore(', 'if (!@M && failures.WaitBefore('), 'ClientAuthenticationTests'],
  ['two ways at once are taken', 'ClientCredentials.cs', always('form["client_secret"] is null'), 'ClientAuthenticationTests'],
  ['header and body may name two clients', 'ClientCredentials.cs', always('clientIdInForm is null'), 'ClientAuthenticationTests'],
  ['an assertion is ignored', 'ClientCredentials.cs', code('if (form["client_assertion"] is not null || form["client_assertion_type"] is not null)', 'if (!@M && (form["client_assertion"] is not null || form["client_assertion_type"] is not null))'), 'ClientAuthenticationTests'],
  ['wrong secrets are not counted', 'ClientAuthentication.cs', drop('failures.Note('), 'ClientAuthenticationTests'],
  ['wrong secrets are counted for all addresses together', null, { file: 'src/AuthCore/RateLimits/FailedClientAuthentications.cs', ...code('{ClientAddress.Partition(context.Connection.RemoteIpAddress)}', '{(@M ? "all" : ClientAddress.Partition(context.Connection.RemoteIpAddress))}') }, 'ClientAuthenticationTests'],
  ['a client may register any number of redirect URIs', null, { file: `${registration}/ClientMetadataReader.cs`, ...code('redirectUris is not { Count: >= 1 and <= MaxRedirectUris }', 'redirectUris is not { Count: >= 1 } || (!@M && redirectUris.Count > MaxRedirectUris)') }, 'RegistrationTests'],
  ['a registration may have any size', null, { file: `${registration}/RegistrationBody.cs`, ...code('new byte[MaxBytes + 1]', 'new byte[(@M ? 100 : 1) * MaxBytes + 1]') }, 'RegistrationTests'],
  ['a name may stand twice in a registration', null, { file: `${registration}/RegistrationBody.cs`, ...code('AllowDuplicateProperties = false', 'AllowDuplicateProperties = @M') }, 'RegistrationTests'],
  ['a registration may be nested deeply', null, { file: `${registration}/RegistrationBody.cs`, ...code('MaxDepth = 8', 'MaxDepth = @M ? 64 : 8') }, 'RegistrationTests'],
  ['a client\'s name is kept with what a reader cannot see', null, { file: `${registration}/ClientMetadataReader.cs`, ...code('Name = shown,', 'Name = @M ? name ?? shown : shown,') }, 'RegistrationTests'],
  ['links of a client may have any scheme', null, { file: `${registration}/OptionalMetadata.cs`, ...never('!UriText.IsWebUrl(text)') }, 'RegistrationTests'],
  ['a client\'s secret is stored as it is', null, { file: `${registration}/RegistrationEndpoint.cs`, ...code('SecretHash = secret?.Hash().Value,', 'SecretHash = @M ? secret?.Reveal() : secret?.Hash().Value,') }, 'RegistrationTests'],
  ['a registration is not recorded', null, { file: `${registration}/RegistrationEndpoint.cs`, ...drop('unit.Record(new ClientRegistered(') }, 'RegistrationTests'],
  ['a registration that was once used is removed', null, { file: `${registration}/UnusedRegistrations.cs`, ...always('client.LastGrantedAt == null') }, 'RegistrationTests'],
  ['a configured client is removed when nobody uses it', null, { file: `${registration}/UnusedRegistrations.cs`, ...always('client.Origin == ClientOrigin.Dynamic') }, 'RegistrationTests'],
  ['a client with connections is removed', null, { file: `${registration}/UnusedRegistrations.cs`, ...always('!db.Families().Any(family => family.ClientId == client.ClientId)') }, 'RegistrationTests'],
  ['a client with a waiting code is removed', null, { file: `${registration}/UnusedRegistrations.cs`, ...always('!db.Codes().Select(code => code.ClientId).Contains(client.ClientId)') }, 'RegistrationTests'],
  ['a client that was disabled is removed, and may register again', null, { file: `${registration}/UnusedRegistrations.cs`, ...always('client.DisabledAt == null') }, 'RegistrationTests'],
  ['a registration is removed before its time', null, { file: `${registration}/UnusedRegistrations.cs`, ...always('client.CreatedAt < before') }, 'RegistrationTests'],
  ['a configured client takes over one that registered itself', null, { file: `${registration}/PreregisteredClients.cs`, ...never('client is { Origin: not ClientOrigin.Preregistered }') }, 'PreregisteredClientsTests'],
  ['a client that was taken out of the configuration lives on', null, { file: `${registration}/PreregisteredClients.cs`, ...drop('await unit.DisableClientAsync(clientId, FactActors.Configuration);') }, 'PreregisteredClientsTests'],
  ['a restart enables what an operator disabled', null, { file: `${registration}/PreregisteredClients.cs`, ...code('client.AuthMethod = configured.EffectiveAuthMethod;', 'client.AuthMethod = configured.EffectiveAuthMethod; if (@M) client.DisabledAt = null;') }, 'PreregisteredClientsTests'],
  ['a viewer may enable a client', null, { file: `${registration}/ClientDirectory.cs`, ...code('Roles.Operator', '@M ? Roles.Viewer : Roles.Operator') }, 'ClientDirectoryTests'],
  ['what was to be revoked with a client lives again with it', null, { file: `${registration}/ClientDirectory.cs`, ...swap('lane.EnableAsync(DisabledParty.Client(clientId), unit => EnableAsync(unit, clientId, actor), cancellationToken)', 'lane.WriteAsync(unit => EnableAsync(unit, clientId, actor), cancellationToken)') }, 'ClientDirectoryTests RemainingRevocationTests'],
  ['a client may use a grant that it did not register', null, { file: 'src/AuthCore/Token/TokenEndpoint.cs', ...always('client.Allows(grantType)') }, 'TokenEndpointTests AuthorizationCodeTests'],
  ['an enabled client stays dead in memory', null, { file: 'src/AuthCore/ResourceServer/LivenessSet.cs', ...drop('_clients.TryRemove(enabled.ClientId, out _);') }, 'RevocationServiceTests'],
  ['with too many unused registrations the newest goes', null, { file: `${registration}/UnusedRegistrationCap.cs`, ...swap(oldest, oldest.replace('OrderBy(', 'OrderByDescending(')) }, 'UnusedRegistrationCapTests'],
  ['unused registrations have no limit', null, { file: `${registration}/UnusedRegistrationCap.cs`, ...always('count >= tooMany && bytes >= tooBig') }, 'UnusedRegistrationCapTests'],
  ['unused registrations may have any size', null, { file: `${registration}/UnusedRegistrationCap.cs`, ...swap('(total?.Bytes ?? 0) - options.Value.MaxUnusedBytes', 'long.MinValue') }, 'UnusedRegistrationCapTests'],
  ['a registration that waits for a person goes like any other', null, [{ file: `${registration}/UnusedRegistrationCap.cs`, ...drop('yield return [.. sent, .. asked];') }, { file: `${registration}/UnusedRegistrationCap.cs`, ...drop('yield return asked;') }], 'UnusedRegistrationCapTests'],
  ['the name that an administrator chose is warned of', null, { file: `${names}/ClientNames.cs`, ...never('origin == ClientOrigin.Preregistered') }, 'ClientNamesTests'],
  ['a client may pile marks upon a letter', null, { file: 'src/AuthCore/Protocol/UntrustedText.cs', ...always('marks < MaxMarks') }, 'UntrustedTextTests'],
  ['a letter of another script hides a known name', null, { file: `${names}/NameLetters.cs`, ...code('Confusables.Of(rune) ??', '(@M ? null : Confusables.Of(rune)) ??') }, 'ClientNamesTests'],
]);
