using System.Linq.Expressions;
using AuthCore.Clients;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Registration;

/// <summary>Which clients a list shows: conditions that can be looked up in an index, or tested on the way along another one.</summary>
internal sealed class ClientFilter
{
    private readonly List<Expression<Func<Client, bool>>> _conditions = [];

    public ClientFilter(ClientQuery query)
    {
        if (query.Origin is { } origin)
        {
            _conditions.Add(client => client.Origin == origin);
        }

        if (query.Disabled is { } disabled)
        {
            _conditions.Add(disabled ? client => client.DisabledAt != null : client => client.DisabledAt == null);
        }

        if (LikePattern.Containing(query.Search) is { } pattern)
        {
            _conditions.Add(client =>
                EF.Functions.Like(client.Name, pattern, LikePattern.Escape) || EF.Functions.Like(client.ClientId, pattern, LikePattern.Escape)
                || client.RedirectUris.Any(uri => EF.Functions.Like(uri, pattern, LikePattern.Escape)));
        }
    }

    /// <summary>For a list that is short enough to be sorted.</summary>
    public IQueryable<Client> Look(IQueryable<Client> clients) => _conditions.Aggregate(clients, (rows, condition) => rows.Where(condition));

    /// <summary>For a list that is read in an index's order.</summary>
    public IQueryable<Client> Sift(IQueryable<Client> clients) => _conditions.Aggregate(clients, (rows, condition) => rows.Sift(condition));
}
