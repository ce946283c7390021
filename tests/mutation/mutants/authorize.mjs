import { always, code, drop, never, room, swap } from './list.mjs';

const uri = 'src/AuthCore/Protocol/RedirectUri.cs';

export const authorize = room('Authorization requests', 'authorize', 'src/AuthCore/Authorize', [
  ['PKCE with plain is allowed', 'AuthorizeChecks.cs', never('attempt.Parameters["code_challenge_method"] != PkceChallenge.Method'), 'AuthorizeEndpointTests'],
  ['answers do not name the issuer', 'AuthorizationResponse.cs', drop('Append("iss", origin.Issuer);'), 'AuthorizeEndpointTests'],
  ['any redirect URI is good', 'AuthorizeChecks.cs', never('!registered.Any(uri => RedirectUri.Matches(uri, presented))'), 'AuthorizeEndpointTests'],
  ['a disabled client may ask', 'AuthorizeChecks.cs', code('attempt.Client is { DisabledAt: null }', 'attempt.Client is { } known && (@M || known.DisabledAt is null)'), 'AuthorizeEndpointTests'],
  ['a parameter may be repeated', 'AuthorizeChecks.cs', never('attempt.Parameters.HasRepeated'), 'AuthorizeEndpointTests'],
  ['a repeated redirect URI is believed', 'AuthorizeChecks.cs', never('attempt.Parameters.IsRepeated("redirect_uri")'), 'AuthorizeEndpointTests'],
  ['a client without the grant may ask for codes', 'AuthorizeChecks.cs', always('attempt.Client!.Allows(GrantTypes.AuthorizationCode)'), 'AuthorizeEndpointTests'],
  ['any resource is taken for ours', 'AuthorizeChecks.cs', code('if (asked.Length > 1 || asked is [null])', 'if (!@M && (asked.Length > 1 || asked is [null]))'), 'AuthorizeEndpointTests'],
  ['a preregistered client may ask beyond its list', 'AuthorizeChecks.cs', never('!asked.IsSubsetOf(allowed)'), 'AuthorizeEndpointTests'],
  ['an unknown scope is carried along', 'AuthorizeChecks.cs', never('scopes.Any(scope => attempt.Catalog.Find(scope) is null)'), 'AuthorizeEndpointTests'],
  ['prompt=none shows a page', 'AuthorizeEndpoint.cs', never('attempt.Silent'), 'AuthorizeEndpointTests'],
  ['prompt=login is content with an old session', 'AuthorizeChecks.cs', never('prompts.Contains("login")'), 'ConsentDeskTests'],
  ['a state may have any length', 'AuthorizeChecks.cs', never('Encoding.UTF8.GetByteCount(state) > MaxStateLength'), 'AuthorizeEndpointTests'],
  ['an answer of /authorize may be cached', 'AuthorizeEndpoint.cs', drop('context.Response.Headers.CacheControl = "no-store";'), 'AuthorizeEndpointTests'],
  ['a request object is ignored', 'AuthorizeChecks.cs', never('attempt.Parameters["request"] is not null'), 'AuthorizeEndpointTests'],
  ['any response mode is taken', 'AuthorizeChecks.cs', always('attempt.Parameters["response_mode"] is null or "query"'), 'AuthorizeEndpointTests'],
  ['a redirect carries a posted body along', 'AuthorizeEndpoint.cs', swap('StatusCodes.Status303SeeOther', 'StatusCodes.Status307TemporaryRedirect'), 'AuthorizeEndpointTests'],
  ['a ticket does not expire', 'AuthorizeTicket.cs', always('ticket?.IssuedAt + options.Value.RequestLifetime > time.GetUtcNow()'), 'ConsentDeskTests'],
  ['any port of any host matches', null, [
    { file: uri, ...code('return Scheme == "http" && IsLoopback', 'return (@M || (Scheme == "http" && IsLoopback))') },
    { file: uri, ...always('other.Scheme == "http"') },
  ], 'AuthorizeEndpointTests RedirectUriTests'],
  ['the path of a loopback address may differ', null, { file: uri, ...always('other.Rest == Rest') }, 'AuthorizeEndpointTests RedirectUriTests'],
  ['a loopback address may have another name', null, { file: uri, ...always('other.Host == Host') }, 'AuthorizeEndpointTests RedirectUriTests'],
  ['http is taken for any host', null, { file: uri, ...code('"http" => "A redirect', '"http" => @M ? null : "A redirect') }, 'RedirectUriTests'],
  ['a redirect URI may have a fragment', null, { file: uri, ...never("value.Contains('#')") }, 'RedirectUriTests RegistrationTests'],
  ['any private-use scheme is taken', null, { file: uri, ...always("scheme.Contains('.')") }, 'RedirectUriTests'],
  ['a loopback address may be written in other ways', null, { file: uri, ...always('address.ToString() == host') }, 'RedirectUriTests'],
  ['a redirect URI may have dot segments', null, { file: uri, ...always('!UriText.HasDotSegment(rest)') }, 'RedirectUriTests'],
  ['a redirect URI may have wildcards', null, { file: uri, ...never("value.Contains('*')") }, 'RedirectUriTests'],
  ['max_age is not looked at', 'AuthorizeChecks.cs', code('attempt.AuthenticatedSince ??= ', 'if (!@M) attempt.AuthenticatedSince ??= '), 'ConsentDeskTests'],
]);
