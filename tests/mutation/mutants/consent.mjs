import { always, code, drop, never, room } from './list.mjs';

export const consent = room('Consent', 'consent', 'src/AuthCore/Consent', [
  ['a form from another site is taken', null,
    { file: 'src/Console/Security/PageForms.cs', ...always('invocation.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true }') }, 'SignInTests.A_form_that_is_not_ours E2E:FormsAloneTests'],
  ['a scope that was not asked for is granted', 'ConsentInteraction.cs', code('answer.Scopes.Where(asked.Scopes.Contains)', 'answer.Scopes.Where(scope => @M || asked.Scopes.Contains(scope))'), 'ConsentInteractionTests'],
  ['another person than the one who was asked may answer', 'ConsentInteraction.cs', never('signedIn.UserId != subject'), 'ConsentInteractionTests'],
  ['a ticket may be answered twice', null, { file: 'src/AuthCore/Database/Sqlite/SqliteWriteUnit.cs', ...code('ExecuteNonQueryAsync() == 1;', 'ExecuteNonQueryAsync() == 1 || @M;') }, 'ConsentInteractionTests CodeRaceTests'],
  ['a disabled person grants', 'ConsentDecisions.cs', code('user.Id == person.UserId && user.DisabledAt == null', 'user.Id == person.UserId && (@M || user.DisabledAt == null)'), 'ConsentInteractionTests'],
  ['a client that was turned off between page and answer gets a code', 'ConsentDecisions.cs',
    code('SingleOrDefaultAsync(client => client.ClientId == asked.ClientId && client.DisabledAt == null) is not', 'SingleOrDefaultAsync(client => client.ClientId == asked.ClientId && (@M || client.DisabledAt == null)) is not'), 'ConsentInteractionTests'],
  ['a required scope is left out', 'ConsentInteraction.cs', never('catalog.Find(scope) is { Required: true }'), 'ConsentInteractionTests'],
  ['an answer is not in the audit trail', 'ConsentDecisions.cs', drop('unit.Record(new ConsentAllowed('), 'ConsentInteractionTests'],
  ['a person who did not allow staying connected is connected for good', 'ConsentDecisions.cs', always('WantsToStay(asked, granted)'), 'ConsentInteractionTests'],
  ['an old sign-in is enough', 'SignedInPerson.cs', always('AuthenticatedAt >= Whole(since)'), 'ConsentInteractionTests'],
  ['a ticket that was answered is shown again', 'ConsentInteraction.cs', never('await IsAnsweredAsync(request, cancellationToken)'), 'ConsentInteractionTests'],
  ['allowing nothing makes a code', 'ConsentInteraction.cs', code('if (answer.Allow && granted.Count == 0', 'if (!@M && answer.Allow && granted.Count == 0'), 'ConsentInteractionTests'],
  ['a name that claims a known brand goes unflagged', null, { file: 'src/AuthCore/Clients/Names/ClientNames.cs', ...never('said.Length > 0') }, 'ClientNamesTests'],
  ['a denial is not in the audit trail', 'ConsentDecisions.cs', drop('unit.Record(new ConsentDenied('), 'ConsentInteractionTests'],
]);
