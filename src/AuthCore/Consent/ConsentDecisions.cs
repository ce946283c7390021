using AuthCore.Clients;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthCore.Consent;

/// <summary>Decides what an answer comes to, in the unit of work that also delivers it: who answers, whether they still may, and only once.</summary>
internal sealed class ConsentDecisions(IOptions<IdentityOptions> identity)
{
    /// <param name="unit">The unit of work.</param>
    /// <param name="asked">What the person was asked.</param>
    /// <param name="person">Who answers.</param>
    /// <param name="granted">What they allow, of that which was asked; null when they deny it.</param>
    public Task<ConsentDecision> TakeAsync(WriteUnit unit, AskedAccess asked, SignedInPerson person, ScopeSet? granted) =>
        granted is null ? DenyAsync(unit, asked, person) : AllowAsync(unit, asked, person, granted);

    private async Task<ConsentDecision> AllowAsync(WriteUnit unit, AskedAccess asked, SignedInPerson person, ScopeSet granted)
    {
        // In the unit, because the client may have been turned off since the page was shown.
        if (await unit.Db.Clients().AsNoTracking().SingleOrDefaultAsync(client => client.ClientId == asked.ClientId && client.DisabledAt == null) is not { } client)
        {
            return new ConsentDecision.Undecided(new ConsentOutcome.Expired());
        }

        if (!await IsCurrentAsync(unit, person))
        {
            return new ConsentDecision.Undecided(new ConsentOutcome.SignInFirst());
        }

        if (!await TryRedeemAsync(unit, asked))
        {
            return new ConsentDecision.Undecided(new ConsentOutcome.Expired());
        }

        if (!await unit.Db.Users().AnyAsync(user => user.Id == person.UserId && user.DisabledAt == null))
        {
            return new ConsentDecision.Denied("The user may not do this.");
        }

        await unit.MarkGrantedAsync(asked.ClientId);
        unit.Record(new ConsentAllowed(person.UserId, asked.ClientId, granted.ToString(), asked.Resource));
        return new ConsentDecision.Allowed(
            person.UserId, asked.ClientId, granted, asked.Resource,
            Refreshable: client.Allows(GrantTypes.RefreshToken) && WantsToStay(asked, granted),
            person.AuthenticatedAt ?? unit.Now);
    }

    private static async Task<ConsentDecision> DenyAsync(WriteUnit unit, AskedAccess asked, SignedInPerson person)
    {
        if (!await TryRedeemAsync(unit, asked))
        {
            return new ConsentDecision.Undecided(new ConsentOutcome.Expired());
        }

        unit.Record(new ConsentDenied(person.UserId, asked.ClientId));
        return new ConsentDecision.Denied("The user denied the request.");
    }

    /// <summary>
    /// Whether the session is of the person as they are now. The cookie is only looked at now and then, and what is granted here outlives it by weeks.
    /// </summary>
    private async Task<bool> IsCurrentAsync(WriteUnit unit, SignedInPerson person) =>
        person.Claim(identity.Value.ClaimsIdentity.SecurityStampClaimType) is { } stamp
        && await unit.Db.Users().AnyAsync(user => user.Id == person.UserId && user.SecurityStamp == stamp)
        && (person.SessionId is not { } sessionId || await unit.Db.BrowserSessions().AnyAsync(session => session.SessionId == sessionId && session.EndedAt == null));

    /// <summary>The one statement that decides which answer counts.</summary>
    private static Task<bool> TryRedeemAsync(WriteUnit unit, AskedAccess asked) =>
        unit.TryInsertAsync(new AnsweredTicket { TicketId = asked.TicketId, ExpiresAt = asked.ExpiresAt });

    /// <summary>A client that asked for <c>offline_access</c> gets refresh tokens only if it was allowed; one that never asks gets them with its grant type.</summary>
    private static bool WantsToStay(AskedAccess asked, ScopeSet granted) =>
        !asked.Scopes.Contains(ScopeCatalog.OfflineAccess) || granted.Contains(ScopeCatalog.OfflineAccess);
}
