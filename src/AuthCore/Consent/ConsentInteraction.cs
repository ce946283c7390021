using System.Security.Claims;
using AuthCore.Authorize;
using AuthCore.Clients;
using AuthCore.Clients.Names;
using AuthCore.Grants;
using AuthCore.Hooks;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Consent;

internal sealed class ConsentInteraction(
    IReadDatabase database, IWriteLane lane, ClientStore clients, AuthorizeTickets tickets, ScopeCatalog catalog, ClientNames names, PendingAuthorizations pending,
    ConsentDecisions decisions, CodeDelivery delivery, IOptions<TokenOptions> options, IDecisionHooks hooks, ILogger<ConsentInteraction> logger) : IConsentInteraction
{
    public async Task<ConsentOpening> OpenAsync(string ticket, ClaimsPrincipal person, CancellationToken cancellationToken = default)
    {
        if (tickets.Open(ticket) is not { } request || await clients.FindUsableAsync(request.ClientId, cancellationToken) is not { } client
            || await IsAnsweredAsync(request, cancellationToken))
        {
            return new ConsentOpening.Expired();
        }

        if (SignedInPerson.Of(person) is not { } signedIn || !signedIn.SignedInSince(request.AuthenticatedSince))
        {
            return new ConsentOpening.SignInFirst();
        }

        pending.NoteAsked(client);
        var scopes = ScopeSet.FromStorage(request.Scopes);
        return new ConsentOpening.Ready(new ConsentRequest(
            Describe(client),
            AnswerDestination.Of(RedirectUri.FromStorage(request.RedirectUri)),
            request.Resource,
            [.. scopes.Select(scope => catalog.Find(scope)).OfType<ScopeDefinition>()],
            options.Value.AccessTokenLifetime,
            client.Allows(GrantTypes.RefreshToken) ? options.Value.RefreshAbsolute : null,
            tickets.Seal(request with { Subject = signedIn.UserId })));
    }

    public async Task<ConsentOutcome> AnswerAsync(ConsentAnswer answer, ClaimsPrincipal person, CancellationToken cancellationToken = default)
    {
        if (tickets.Open(answer.BoundTicket) is not { Subject: { } subject } request)
        {
            return new ConsentOutcome.Expired();
        }

        if (SignedInPerson.Of(person) is not { } signedIn || !signedIn.SignedInSince(request.AuthenticatedSince) || signedIn.UserId != subject)
        {
            Log.AnsweredBySomebodyElse(logger, subject, SignedInPerson.Of(person)?.UserId ?? "nobody");
            return new ConsentOutcome.SomebodyElse();
        }

        var asked = AskedAccess.Of(request, options.Value.RequestLifetime);
        var granted = ScopeSet.Of(answer.Scopes.Where(asked.Scopes.Contains)).Union(ScopeSet.Of(asked.Scopes.Where(scope => catalog.Find(scope) is { Required: true })));
        if (answer.Allow && granted.Count == 0 && asked.Scopes.Count > 0)
        {
            return new ConsentOutcome.NothingChosen();
        }

        if (answer.Allow && await hooks.DecideAsync(new GrantingConsent(signedIn.UserId, request.ClientId, granted, request.Resource, request.RedirectUri), cancellationToken) is Verdict.Refused)
        {
            return new ConsentOutcome.Redirect(delivery.Denied(request, new ConsentDecision.Denied("The server does not allow this.")));
        }

        return await lane.WriteAsync(
            async unit =>
            {
                var decision = await decisions.TakeAsync(unit, asked, signedIn, answer.Allow ? granted : null);
                return await decision.Match<Task<ConsentOutcome>>(
                    async allowed => new ConsentOutcome.Redirect(await delivery.AllowedAsync(unit, request, allowed)),
                    denied => Task.FromResult<ConsentOutcome>(new ConsentOutcome.Redirect(delivery.Denied(request, denied))),
                    undecided => Task.FromResult(undecided.Outcome));
            },
            cancellationToken);
    }

    public async Task<ConsentClient?> WhoAsksAsync(string ticket, CancellationToken cancellationToken = default) =>
        tickets.Open(ticket) is { } request && await clients.FindUsableAsync(request.ClientId, cancellationToken) is { } client ? Describe(client) : null;

    private async Task<bool> IsAnsweredAsync(AuthorizeTicket request, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.AnsweredTickets().AnyAsync(answered => answered.TicketId == request.TicketId, cancellationToken);
    }

    private ConsentClient Describe(Client client) => new(client.ClientId, names.Of(client), client.Origin, client.CreatedAt);
}
