using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Claims;
using AuthCore.Authorize;
using AuthCore.Clients;
using AuthCore.Clients.Names;
using AuthCore.Grants;
using AuthCore.Hooks;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using AuthCore.Users;
using AuthCore.Users.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TokenOptions = AuthCore.Grants.TokenOptions;

namespace AuthCore.Consent;

internal sealed class ConsentInteraction(
    IReadDatabase database, IWriteLane lane, AuthorizeTickets tickets, AuthorizationResponse response, ScopeCatalog catalog,
    ClientNames names, PendingAuthorizations pending, IOptions<TokenOptions> options, IOptions<IdentityOptions> identity, IDecisionHooks hooks, ILogger<ConsentInteraction> logger) : IConsentInteraction
{
    private const string AuthTimeClaim = "auth_time";

    public async Task<ConsentOpening> OpenAsync(string ticket, ClaimsPrincipal person, CancellationToken cancellationToken = default)
    {
        if (tickets.Open(ticket) is not { } request || await FindClientAsync(request, cancellationToken) is not { } client
            || await IsAnsweredAsync(request, cancellationToken))
        {
            return new ConsentOpening.Expired();
        }

        if (SignedInUser(person, request) is not { } userId)
        {
            return new ConsentOpening.SignInFirst();
        }

        pending.NoteAsked(client);
        var scopes = ScopeSet.FromStorage(request.Scopes);
        return new ConsentOpening.Ready(new ConsentRequest(
            Describe(client),
            ConsentDestination.Of(RedirectUri.FromStorage(request.RedirectUri)),
            request.Resource,
            [.. scopes.Select(scope => catalog.Find(scope)).OfType<ScopeDefinition>()],
            options.Value.AccessTokenLifetime,
            client.Allows(GrantTypes.RefreshToken) ? options.Value.RefreshAbsolute : null,
            tickets.Seal(request with { Subject = userId })));
    }

    public async Task<ConsentOutcome> AnswerAsync(ConsentAnswer answer, ClaimsPrincipal person, CancellationToken cancellationToken = default)
    {
        if (tickets.Open(answer.BoundTicket) is not { Subject: { } asked } request)
        {
            return new ConsentOutcome.Expired();
        }

        if (SignedInUser(person, request) is not { } userId || userId != asked)
        {
            Log.AnsweredBySomebodyElse(logger, asked, UserId(person) ?? "nobody");
            return new ConsentOutcome.SomebodyElse();
        }

        var requested = ScopeSet.FromStorage(request.Scopes);
        var granted = ScopeSet.Of(answer.Scopes.Where(requested.Contains)).Union(ScopeSet.Of(requested.Where(scope => catalog.Find(scope) is { Required: true })));
        if (answer.Allow && granted.Count == 0 && requested.Count > 0)
        {
            return new ConsentOutcome.NothingChosen();
        }

        if (answer.Allow && await hooks.DecideAsync(new GrantingConsent(userId, request.ClientId, granted, request.Resource, request.RedirectUri), cancellationToken) is Verdict.Refused)
        {
            return new ConsentOutcome.Redirect(response.WithError(request.RedirectUri, "access_denied", "The server does not allow this.", request.State));
        }

        return await lane.WriteAsync(
            unit => answer.Allow ? AllowAsync(unit, request, person, userId, granted) : DenyAsync(unit, request, userId),
            cancellationToken);
    }

    public async Task<ConsentClient?> WhoAsksAsync(string ticket, CancellationToken cancellationToken = default) =>
        tickets.Open(ticket) is { } request && await FindClientAsync(request, cancellationToken) is { } client ? Describe(client) : null;

    private async Task<ConsentOutcome> AllowAsync(WriteUnit unit, AuthorizeTicket request, ClaimsPrincipal person, string userId, ScopeSet granted)
    {
        if (await unit.Db.Clients().AsNoTracking().SingleOrDefaultAsync(client => client.ClientId == request.ClientId && client.DisabledAt == null) is not { } client)
        {
            return new ConsentOutcome.Expired();
        }

        if (!await IsCurrentAsync(unit, person, userId))
        {
            return new ConsentOutcome.SignInFirst();
        }

        if (!await TryRedeemAsync(unit, request))
        {
            return new ConsentOutcome.Expired();
        }

        if (!await unit.Db.Users().AnyAsync(user => user.Id == userId && user.DisabledAt == null))
        {
            return new ConsentOutcome.Redirect(response.WithError(request.RedirectUri, "access_denied", "The user may not do this.", request.State));
        }

        var code = OpaqueToken.Create();
        unit.Db.Codes().Add(new AuthorizationCode
        {
            Hash = code.Hash().Value,
            ClientId = request.ClientId,
            UserId = userId,
            RedirectUri = request.RedirectUri,
            CodeChallenge = request.Challenge,
            Resource = request.Resource,
            Scopes = granted.ToString(),
            Refreshable = client.Allows(GrantTypes.RefreshToken) && WantsToStay(request, granted),
            AuthenticatedAt = AuthenticatedAt(person) ?? unit.Now,
            ExpiresAt = unit.Now + options.Value.CodeLifetime,
        });
        await unit.Db.SaveChangesAsync();
        await unit.Db.Clients().Where(row => row.ClientId == request.ClientId).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastGrantedAt, unit.Now));
        unit.Record(new ConsentAllowed(userId, request.ClientId, granted.ToString(), request.Resource));
        return new ConsentOutcome.Redirect(response.WithCode(request.RedirectUri, code.Reveal(), request.State));
    }

    private async Task<ConsentOutcome> DenyAsync(WriteUnit unit, AuthorizeTicket request, string userId)
    {
        if (!await TryRedeemAsync(unit, request))
        {
            return new ConsentOutcome.Expired();
        }

        unit.Record(new ConsentDenied(userId, request.ClientId));
        return new ConsentOutcome.Redirect(response.WithError(request.RedirectUri, "access_denied", "The user denied the request.", request.State));
    }

    /// <summary>
    /// Whether the session is of the person as they are now. The cookie is only looked at now and then, and what is granted here outlives it by weeks.
    /// </summary>
    private async Task<bool> IsCurrentAsync(WriteUnit unit, ClaimsPrincipal person, string userId) =>
        person.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType) is { } stamp
        && await unit.Db.Users().AnyAsync(user => user.Id == userId && user.SecurityStamp == stamp)
        && (BrowserSessions.IdOf(person) is not { } sessionId || await unit.Db.BrowserSessions().AnyAsync(session => session.SessionId == sessionId && session.EndedAt == null));

    /// <summary>The one statement that decides which answer counts.</summary>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "One conditional statement decides; LINQ has no insert that may lose.")]
    private async Task<bool> TryRedeemAsync(WriteUnit unit, AuthorizeTicket request) =>
        await unit.Db.Database.ExecuteSqlAsync(
            $"INSERT INTO AnsweredTickets (TicketId, ExpiresAt) VALUES ({request.TicketId}, {(request.IssuedAt + options.Value.RequestLifetime).ToUnixTimeMilliseconds()}) ON CONFLICT DO NOTHING") == 1;

    private async Task<bool> IsAnsweredAsync(AuthorizeTicket request, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.AnsweredTickets().AnyAsync(answered => answered.TicketId == request.TicketId, cancellationToken);
    }

    private async Task<Client?> FindClientAsync(AuthorizeTicket request, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Clients().SingleOrDefaultAsync(client => client.ClientId == request.ClientId && client.DisabledAt == null, cancellationToken);
    }

    private ConsentClient Describe(Client client) => new(client.ClientId, names.Of(client), client.Origin, client.CreatedAt);

    /// <summary>A client that asked for <c>offline_access</c> gets refresh tokens only if it was allowed; one that never asks gets them with its grant type.</summary>
    private static bool WantsToStay(AuthorizeTicket request, ScopeSet granted) =>
        !ScopeSet.FromStorage(request.Scopes).Contains(ScopeCatalog.OfflineAccess) || granted.Contains(ScopeCatalog.OfflineAccess);

    private static string? SignedInUser(ClaimsPrincipal person, AuthorizeTicket request) =>
        UserId(person) is { } userId && (request.AuthenticatedSince is not { } since || AuthenticatedAt(person) >= Whole(since)) ? userId : null;

    private static string? UserId(ClaimsPrincipal person) =>
        person.Identity is { IsAuthenticated: true } ? person.FindFirstValue(ClaimTypes.NameIdentifier) : null;

    private static DateTimeOffset? AuthenticatedAt(ClaimsPrincipal person) =>
        long.TryParse(person.FindFirstValue(AuthTimeClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>The claim has whole seconds, so a comparison with it must too.</summary>
    private static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
