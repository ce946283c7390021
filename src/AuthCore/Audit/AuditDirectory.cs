using System.Security.Claims;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Audit;

/// <summary>The trail as the host sees it.</summary>
internal sealed class AuditDirectory(AuditTrail trail, OperatorGate gate, IReadDatabase database) : IAuditTrail
{
    public Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default) => trail.RecordAsync(entry, cancellationToken);

    public AuditAppend Begin()
    {
        var source = trail.CurrentSource();
        return (unit, entry) => trail.AppendAsync(unit, source, entry);
    }

    public async Task<Page<AuditRow>> ListAsync(ClaimsPrincipal caller, ListQuery<AuditSort> query, CancellationToken cancellationToken = default)
    {
        await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);
        await using var db = database.Open();
        IQueryable<AuditLine> lines = db.AuditLines();
        if (LikePattern.Containing(query.Search) is { } pattern)
        {
            lines = lines.Where(line =>
                EF.Functions.Like(line.Action, pattern, LikePattern.Escape) || EF.Functions.Like(line.Actor, pattern, LikePattern.Escape)
                || EF.Functions.Like(line.Subject, pattern, LikePattern.Escape) || EF.Functions.Like(line.Detail!, pattern, LikePattern.Escape));
        }

        var oldestFirst = query is { SortBy: AuditSort.Sequence, Descending: false };
        var ordered = oldestFirst ? lines.OrderBy(line => line.Sequence) : lines.OrderByDescending(line => line.Sequence);
        var rows = await ordered.Skip(query.Skip).Take(query.Take)
            .Select(line => new AuditRow(line.Sequence, line.At, line.Action, line.Actor, line.Subject, line.Detail, line.Address, line.CorrelationId))
            .ToListAsync(cancellationToken);
        return new Page<AuditRow>(rows, await lines.CountAsync(cancellationToken));
    }
}
