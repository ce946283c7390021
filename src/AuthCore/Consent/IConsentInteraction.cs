using System.Security.Claims;
using AuthCore.Authorize;
using AuthCore.Clients;
using AuthCore.Clients.Names;
using AuthCore.ResourceServer;

namespace AuthCore.Consent;

/// <summary>What a consent page has to say, and nothing that it must not.</summary>
/// <param name="Client">Who asks.</param>
/// <param name="Destination">Where the answer goes.</param>
/// <param name="Resource">What the tokens are for.</param>
/// <param name="Scopes">What is asked.</param>
/// <param name="AccessTokenLifetime">How long one access token lives.</param>
/// <param name="ConnectionLifetime">How long the connection lasts at most; null when the client gets no refresh token.</param>
/// <param name="BoundTicket">For the form's hidden field <c>ticket</c>: the same request, now bound to the person who reads it.</param>
public sealed record ConsentRequest(
    ConsentClient Client, AnswerDestination Destination, string Resource, IReadOnlyList<ScopeDefinition> Scopes,
    TimeSpan AccessTokenLifetime, TimeSpan? ConnectionLifetime, string BoundTicket);

/// <summary>Who asks.</summary>
/// <param name="ClientId">The client identifier.</param>
/// <param name="Name">What it calls itself, and what speaks for caution about that.</param>
/// <param name="Origin">How it came to be known.</param>
/// <param name="RegisteredAt">Since when.</param>
public sealed record ConsentClient(string ClientId, ClientName Name, ClientOrigin Origin, DateTimeOffset RegisteredAt);

/// <summary>What opening a ticket came to.</summary>
public abstract record ConsentOpening
{
    private ConsentOpening()
    {
    }

    /// <summary>One function for each case.</summary>
    public abstract T Match<T>(Func<Ready, T> ready, Func<SignInFirst, T> signInFirst, Func<Expired, T> expired);

    /// <summary>Show the page.</summary>
    /// <param name="Request">What it says.</param>
    public sealed record Ready(ConsentRequest Request) : ConsentOpening
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Ready, T> ready, Func<SignInFirst, T> signInFirst, Func<Expired, T> expired) => ready(this);
    }

    /// <summary>Nobody is signed in, or too long ago for this request: go to login with the same ticket.</summary>
    public sealed record SignInFirst : ConsentOpening
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Ready, T> ready, Func<SignInFirst, T> signInFirst, Func<Expired, T> expired) => signInFirst(this);
    }

    /// <summary>The ticket is too old, was altered, or has been answered; or its client is gone. The person starts again at the client.</summary>
    public sealed record Expired : ConsentOpening
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Ready, T> ready, Func<SignInFirst, T> signInFirst, Func<Expired, T> expired) => expired(this);
    }
}

/// <summary>What a person answered.</summary>
/// <param name="BoundTicket">The form's hidden field.</param>
/// <param name="Allow">Whether they allowed it.</param>
/// <param name="Scopes">The ticked scopes; what was not asked is ignored.</param>
public sealed record ConsentAnswer(string BoundTicket, bool Allow, IReadOnlyList<string> Scopes);

/// <summary>What an answer came to.</summary>
public abstract record ConsentOutcome
{
    private ConsentOutcome()
    {
    }

    /// <summary>One function for each case.</summary>
    public abstract T Match<T>(
        Func<Redirect, T> redirect, Func<NothingChosen, T> nothingChosen, Func<Expired, T> expired, Func<SignInFirst, T> signInFirst, Func<SomebodyElse, T> somebodyElse);

    /// <summary>Send the browser there with 303. The URI carries the answer: neither log nor show it.</summary>
    /// <param name="Location">An absolute URI of the client.</param>
    public sealed record Redirect(Uri Location) : ConsentOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Redirect, T> redirect, Func<NothingChosen, T> nothingChosen, Func<Expired, T> expired, Func<SignInFirst, T> signInFirst, Func<SomebodyElse, T> somebodyElse) => redirect(this);
    }

    /// <summary>Nothing was ticked: show the page again.</summary>
    public sealed record NothingChosen : ConsentOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Redirect, T> redirect, Func<NothingChosen, T> nothingChosen, Func<Expired, T> expired, Func<SignInFirst, T> signInFirst, Func<SomebodyElse, T> somebodyElse) => nothingChosen(this);
    }

    /// <summary>The ticket is too old, was altered, or has been answered; or its client is gone.</summary>
    public sealed record Expired : ConsentOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Redirect, T> redirect, Func<NothingChosen, T> nothingChosen, Func<Expired, T> expired, Func<SignInFirst, T> signInFirst, Func<SomebodyElse, T> somebodyElse) => expired(this);
    }

    /// <summary>The session is of before the person changed their password, or was disabled or given another role: they sign in again. Nothing was granted.</summary>
    public sealed record SignInFirst : ConsentOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Redirect, T> redirect, Func<NothingChosen, T> nothingChosen, Func<Expired, T> expired, Func<SignInFirst, T> signInFirst, Func<SomebodyElse, T> somebodyElse) => signInFirst(this);
    }

    /// <summary>Another person is signed in now than the one who was asked: nothing was granted.</summary>
    public sealed record SomebodyElse : ConsentOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Redirect, T> redirect, Func<NothingChosen, T> nothingChosen, Func<Expired, T> expired, Func<SignInFirst, T> signInFirst, Func<SomebodyElse, T> somebodyElse) => somebodyElse(this);
    }
}

/// <summary>The consent page's counterpart. Nothing is stored before a person has answered.</summary>
public interface IConsentInteraction
{
    /// <summary>Opens the ticket that <c>/authorize</c> put into the query.</summary>
    /// <param name="ticket">The query's <c>ticket</c>.</param>
    /// <param name="person">The browser's session; its claim <c>auth_time</c> (Unix seconds) says when they signed in.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    Task<ConsentOpening> OpenAsync(string ticket, ClaimsPrincipal person, CancellationToken cancellationToken = default);

    /// <summary>Takes an answer, once.</summary>
    Task<ConsentOutcome> AnswerAsync(ConsentAnswer answer, ClaimsPrincipal person, CancellationToken cancellationToken = default);

    /// <summary>The name of the client that waits behind a ticket, for the login page; null when the ticket is no good.</summary>
    Task<ConsentClient?> WhoAsksAsync(string ticket, CancellationToken cancellationToken = default);
}
