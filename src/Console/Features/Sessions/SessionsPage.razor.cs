using AdminConsole.Features.Families;
using AdminConsole.Shared;
using AdminConsole.Shared.Lists;
using AuthCore.Grants;
using AuthCore.Storage;
using Microsoft.AspNetCore.Components;

namespace AdminConsole.Features.Sessions;

/// <summary>A connection is a family that is alive; browsers in which people are signed in are another list.</summary>
public sealed partial class SessionsPage
{
    private ListPage<FamilyRow> page = default!;

    [Inject]
    internal ITokenFamilyDirectory Families { get; set; } = default!;

    [Inject]
    internal RevokeFlow Revoking { get; set; } = default!;

    private ListSource<FamilyRow> Source => field ??= new(
        "connections",
        ListSchema.Of<FamilySort>(new("client"), new("user")),
        ChangeTopics.Families | ChangeTopics.Activity,
        row => row.FamilyId,
        ReadAsync);

    private async Task<Page<FamilyRow>> ReadAsync(ListState state, CancellationToken cancellationToken) => await Families.ListAsync(
        await CallerAsync(),
        state.Into<FamilyQuery, FamilySort>(new FamilyQuery
        {
            State = FamilyState.Live,
            ClientId = state.Filter("client"),
            UserId = state.Filter("user"),
        }),
        cancellationToken);

    private async Task RevokeAsync(FamilyRow family)
    {
        if (await Revoking.RevokeFamilyAsync(await CallerAsync(), family))
            await page.RenewAsync();
    }
}
