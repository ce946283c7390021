import { code, drop, never, room } from './list.mjs';

export const sessions = room('Browser sessions', 'session', 'src/AuthCore/Users/Sessions', [
  ['the cookie of an ended session is taken', null, { file: 'src/Console/Security/SessionCookie.cs', ...never('!sessions.IsAlive(person)') }, 'SignInTests'],
  ['a sign-in leaves the session of before alive', 'BrowserSessions.cs', drop('await unit.EndSessionsAsync(session => session.SessionId == replaced'), 'BrowserSessionTests'],
  ['a person may have any number of sessions', 'BrowserSessions.cs', never('least.Count > 0'), 'BrowserSessionTests'],
  ['each refusal of a page is a line in the audit trail', null, { file: 'src/AuthCore/Users/RecentRefusals.cs', ...code('return false;', 'return @M;') }, 'BrowserSessionDirectoryTests'],
  ['a list that was refused goes on asking', null, { file: 'src/Console/Shared/Lists/LiveList.cs', ...never('Trouble is ListTrouble.Denied') }, 'LiveListTests'],
  ['anybody may end another person\'s session', 'BrowserSessionDirectory.cs', code('session.SessionId == sessionId && session.UserId == userId', 'session.SessionId == sessionId && (@M || session.UserId == userId)'), 'BrowserSessionDirectoryTests'],
]);
