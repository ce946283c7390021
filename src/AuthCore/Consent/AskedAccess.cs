using AuthCore.Authorize;
using AuthCore.Protocol;

namespace AuthCore.Consent;

/// <summary>What a person is asked to decide, once. Nothing of it says how the client learns of it.</summary>
/// <param name="TicketId">What can be answered only once.</param>
/// <param name="ExpiresAt">Until when it can be answered.</param>
/// <param name="ClientId">Who asks.</param>
/// <param name="Resource">What for, canonical (RFC 8707).</param>
/// <param name="Scopes">What is asked.</param>
internal sealed record AskedAccess(string TicketId, DateTimeOffset ExpiresAt, string ClientId, string Resource, ScopeSet Scopes)
{
    public static AskedAccess Of(AuthorizeTicket ticket, TimeSpan lifetime) =>
        new(ticket.TicketId, ticket.IssuedAt + lifetime, ticket.ClientId, ticket.Resource, ScopeSet.FromStorage(ticket.Scopes));
}
