using System.Security.Claims;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Audit;

/// <summary>The trail as the host sees it.</summary>
internal sealed class AuditDirectory(OperatorGate gate, FactCatalog catalog, IReadDatabase database, AuditWatch watch) : IAuditTrail
{
    public async Task<Page<AuditRow>> ListAsync(ClaimsPrincipal caller, ListQuery<AuditSort> query, CancellationToken cancellationToken = default)
    {
        await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);
        await using var db = database.Open();
        IQueryable<StoredFact> lines = db.Facts();
        if (LikePattern.Containing(query.Search) is { } pattern)
        {
            lines = lines.Where(line =>
                EF.Functions.Like(line.Name, pattern, LikePattern.Escape) || EF.Functions.Like(line.Actor, pattern, LikePattern.Escape)
                || EF.Functions.Like(line.Subject, pattern, LikePattern.Escape) || EF.Functions.Like(line.Data!, pattern, LikePattern.Escape)
                || EF.Functions.Like(line.Detail!, pattern, LikePattern.Escape));
        }

        var oldestFirst = query is { SortBy: AuditSort.Sequence, Descending: false };
        var ordered = oldestFirst ? lines.OrderBy(line => line.Sequence) : lines.OrderByDescending(line => line.Sequence);
        var rows = await ordered.Skip(query.Skip).Take(query.Take)
            .ToListAsync(cancellationToken);
        var count = await lines.CountAsync(query.Skip, cancellationToken);
        return new Page<AuditRow>([.. rows.Select(ToRow)], count.Total, count.More);
    }

    public async Task<AuditState> StateAsync(ClaimsPrincipal caller, CancellationToken cancellationToken = default)
    {
        await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);
        return watch.State;
    }

    public async Task<AuditState> VerifyAsync(ClaimsPrincipal caller, CancellationToken cancellationToken = default)
    {
        await gate.RequireAsync(caller, Roles.Operator, cancellationToken);
        await watch.CheckAsync().WaitAsync(cancellationToken);
        return watch.State;
    }

    private AuditRow ToRow(StoredFact line) =>
        new(line.Sequence, line.At, line.Name, line.Actor, line.Subject, catalog.Read(line), line.Detail, line.Address, line.CorrelationId);
}
