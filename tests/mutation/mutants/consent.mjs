import { always, code, drop, never, room } from './list.mjs';

export const consent = room('Consent', 'consent', 'src/AuthCore/Consent', [
  ['a form from another site is taken', null,
    { file: 'src/Console/Security/PageForms.cs', ...always('invocation.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true }') }, 'SignInTests.A_form_that_is_not_ours E2E:FormsAloneTests'],
  ['a scope that was not asked for is granted', 'ConsentDesk.cs', code('answer.Scopes.Where(requested.Contains)', 'answer.Scopes.Where(scope => @M || requested.Contains(scope))'), 'ConsentDeskTests'],
  ['another person than the one who was asked may answer', 'ConsentDesk.cs', never('userId != asked'), 'ConsentDeskTests'],
  ['a ticket may be answered twice', 'ConsentDesk.cs', code('ON CONFLICT DO NOTHING") == 1;', 'ON CONFLICT DO NOTHING") == 1 || @M;'), 'ConsentDeskTests CodeRaceTests'],
  ['a disabled person grants', 'ConsentDesk.cs', code('user.Id == userId && user.DisabledAt == null', 'user.Id == userId && (@M || user.DisabledAt == null)'), 'ConsentDeskTests'],
  ['a client that was turned off between page and answer gets a code', 'ConsentDesk.cs',
    code('SingleOrDefaultAsync(client => client.ClientId == request.ClientId && client.DisabledAt == null) is not', 'SingleOrDefaultAsync(client => client.ClientId == request.ClientId && (@M || client.DisabledAt == null)) is not'), 'ConsentDeskTests'],
  ['a required scope is left out', 'ConsentDesk.cs', never('catalog.Find(scope) is { Required: true }'), 'ConsentDeskTests'],
  ['an answer is not in the audit trail', 'ConsentDesk.cs', drop('await audit.AppendAsync(unit, source, new AuditEntry("consent.allowed"'), 'ConsentDeskTests'],
  ['whoever did not allow staying connected is connected for good', 'ConsentDesk.cs', always('WantsToStay(request, granted)'), 'ConsentDeskTests'],
  ['an old sign-in is enough', 'ConsentDesk.cs', always('AuthenticatedAt(person) >= Whole(since)'), 'ConsentDeskTests'],
  ['a ticket that was answered is shown again', 'ConsentDesk.cs', never('await IsAnsweredAsync(request, cancellationToken)'), 'ConsentDeskTests'],
  ['allowing nothing makes a code', 'ConsentDesk.cs', code('if (answer.Allow && granted.Count == 0', 'if (!@M && answer.Allow && granted.Count == 0'), 'ConsentDeskTests'],
  ['a name that claims a known brand goes unflagged', null, { file: 'src/AuthCore/Clients/Names/ClientNames.cs', ...never('said.Length > 0') }, 'ClientNamesTests'],
  ['a denial is not in the audit trail', 'ConsentDesk.cs', drop('await audit.AppendAsync(unit, source, new AuditEntry("consent.denied"'), 'ConsentDeskTests'],
]);
