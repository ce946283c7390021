using AdminConsole.Shared;
using AuthCore.Grants;
using AuthCore.Users;
using Microsoft.AspNetCore.Components;

namespace AdminConsole.Features.Families;

/// <summary>A family's generations as a timeline. Read again when the family has moved on.</summary>
public sealed partial class Lineage
{
    private IReadOnlyList<GenerationRow>? generations;
    private (string, int, FamilyState, int) readFor;
    private string? trouble;

    [Parameter, EditorRequired]
    public FamilyRow Family { get; set; } = default!;

    [Inject]
    internal ITokenFamilyDirectory Families { get; set; } = default!;

    [Inject]
    internal ILogger<Lineage> Logger { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        await base.OnParametersSetAsync();
        var now = (Family.FamilyId, Family.Generation, Family.State, Family.ReuseMarks);
        if (now == readFor)
            return;

        readFor = now;
        try
        {
            generations = await Families.LineageAsync(await CallerAsync(), Family.FamilyId);
            trouble = null;
        }
        catch (AccessDeniedException)
        {
            trouble = "Your role no longer allows this.";
        }
        catch (Exception exception) when (Logger.KnowsAsStorageTrouble(exception, "a lineage"))
        {
            trouble = "The database did not answer. Close the row and open it again.";
        }
    }
}
