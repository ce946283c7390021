using AdminConsole.Shared;
using AdminConsole.Shared.Lists;
using AuthCore.Grants;
using AuthCore.Storage;
using Microsoft.AspNetCore.Components;

namespace AdminConsole.Features.Families;

public sealed partial class FamiliesPage
{
    private static readonly (string, string)[] States =
        [(nameof(FamilyState.Live), "Live"), (nameof(FamilyState.Expired), "Expired"), (nameof(FamilyState.Revoked), "Revoked")];

    private static readonly (string, string)[] Reuse = [("only", "Used twice")];

    private ListPage<FamilyRow> page = default!;

    [Inject]
    internal ITokenFamilyDirectory Families { get; set; } = default!;

    [Inject]
    internal RevokeFlow Revoking { get; set; } = default!;

    private ListSource<FamilyRow> Source => field ??= new(
        "token families",
        ListSchema.Of<FamilySort>(ListFilterField.Of<FamilyState>("state"), new("reuse", ["only"]), new("client"), new("user")),
        ChangeTopics.Families | ChangeTopics.Activity,
        row => row.FamilyId,
        ReadAsync);

    private async Task<Page<FamilyRow>> ReadAsync(ListState state, CancellationToken cancellationToken) => await Families.ListAsync(
        await CallerAsync(),
        state.Into<FamilyQuery, FamilySort>(new FamilyQuery
        {
            State = state.Filter<FamilyState>("state"),
            OnlyReused = state.Filter("reuse") is not null,
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
