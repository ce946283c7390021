using System.Globalization;
using AdminConsole.Shared.Lists;
using AuthCore.Audit;
using AuthCore.Storage;
using Microsoft.AspNetCore.Components;

namespace AdminConsole.Features.Audit;

public sealed partial class AuditPage
{
    [Inject]
    internal IAuditTrail Trail { get; set; } = default!;

    private ListSource<AuditRow> Source => field ??= new(
        "audit trail",
        ListSchema.Of<AuditSort>(),
        ChangeTopics.Audit,
        row => row.Sequence.ToString(CultureInfo.InvariantCulture),
        ReadAsync);

    private async Task<Page<AuditRow>> ReadAsync(ListState state, CancellationToken cancellationToken) =>
        await Trail.ListAsync(await CallerAsync(), state.Into<ListQuery<AuditSort>, AuditSort>(new ListQuery<AuditSort>()), cancellationToken);
}
