import { always, code, drop, never, room, swap } from './list.mjs';

const users = 'src/AuthCore/Users';

export const console = room('Sign-in, sessions, cookies and headers', 'console', 'src/Console/Security', [
  ['a changed password leaves the connections alive', null, { file: 'src/AuthCore/Accounts/AccountWrites.cs', ...code('return await unit.RevokeOfUserAsync(', 'return @M ? new RevokedAccess([], 0) : await unit.RevokeOfUserAsync(') }, 'PasswordChangeTests'],
  ['failed sign-ins have no limit', null, { file: `${users}/Passwords/SignInAttempts.cs`, ...never('before >= Limits.MaxFailedAccessAttempts') }, 'SignInAttemptsTests'],
  ['scripts may read the session cookie', 'SessionCookie.cs', code('cookie.HttpOnly = true;', 'cookie.HttpOnly = !@M;'), 'SignInTests'],
  ['other sites send the session cookie along', 'SessionCookie.cs', swap('SameSiteMode.Lax', 'SameSiteMode.None'), 'SignInTests'],
  ['behind TLS a cookie may travel without', 'SessionCookie.cs', swap('origin.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None', 'CookieSecurePolicy.None'), 'SessionCookieTests'],
  ['behind TLS a cookie is not tied to its host', 'SessionCookie.cs', swap('origin.IsHttps ? $"__Host-{name}" : name', 'name'), 'SessionCookieTests'],
  ['a disabled person keeps the session', 'PersonSignIn.cs', code('is { DisabledAt: null } user', 'is { } user && (@M || user.DisabledAt is null)'), 'SignInTests'],
  ['a disabled person may sign in', 'PersonSignIn.cs', code('user.DisabledAt is null && await', '(@M || user.DisabledAt is null) && await'), 'SignInTests'],
  ['a session is not looked at again', 'SessionCookie.cs', drop('options.ValidationInterval = Recheck;'), 'SignInTests'],
  ['a session forgets when its person signed in', 'SessionCookie.cs', drop('fresh.AddClaim('), 'SessionCookieTests SignInTests'],
  ['a path may hide another host', 'LocalPath.cs', never(`decoded.Contains("//", StringComparison.Ordinal)`), 'LocalPathTests'],
  ['a path may hide a control character', 'LocalPath.cs', never('Uri.UnescapeDataString(candidate).Any(char.IsControl)'), 'LocalPathTests SignInTests'],
  ['browsers may guess the type of an answer', 'ResponseHeaders.cs', drop('headers.XContentTypeOptions = '), 'ResponseHeadersTests'],
  ['a page may be framed', 'ResponseHeaders.cs', drop('headers.XFrameOptions = '), 'ResponseHeadersTests'],
  ['a page tells others where somebody was', 'ResponseHeaders.cs', drop('headers["Referrer-Policy"] = '), 'ResponseHeadersTests'],
  ['a page about people may be cached', 'ResponseHeaders.cs', drop('headers.CacheControl = "no-store";'), 'ResponseHeadersTests'],
  ['browsers may come back without TLS', 'ResponseHeaders.cs', never('https && http.Request.IsHttps'), 'ResponseHeadersTests'],
  ['an answer that is no page may load anything', 'ResponseHeaders.cs', code('page?.ContentSecurityPolicy ?? NothingMayLoad', '@M ? page?.ContentSecurityPolicy : page?.ContentSecurityPolicy ?? NothingMayLoad'), 'ResponseHeadersTests'],
  ['any list of proxies is taken', 'TrustedProxies.cs', never('!IsProxy(proxy)'), 'TrustedProxiesTests'],
  ['a path may begin anywhere', 'LocalPath.cs', never("candidate[0] != '/'"), 'LocalPathTests'],
  ['only the last proxy is believed', 'TrustedProxies.cs', code('headers.ForwardLimit = null;', 'headers.ForwardLimit = @M ? 1 : null;'), 'TrustedProxiesTests'],
  ['everybody may be a trusted proxy', 'TrustedProxies.cs', always('network.PrefixLength > 0'), 'TrustedProxiesTests'],
  ['any port of the public host is ours', 'PublicHost.cs', always('(port ?? DefaultPort(self)) == ownPort'), 'PublicHostTests'],
  ['Strict-Transport-Security is said without TLS', 'ResponseHeaders.cs', always('http.Request.IsHttps'), 'ResponseHeadersTests'],
  ['a control character reaches the terminal', null, { file: 'src/AuthCore/Protocol/UntrustedText.cs', ...always("rune.Value == '\\n' || IsSeen(rune)") }, 'UntrustedTextTests'],
]);
