using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AdminConsole.Shared;

/// <summary>Writes a page without a circuit: one component, one model.</summary>
internal static class Page
{
    public static IResult Show<TPage>(object? model = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        new RazorComponentResult<TPage>(model is null ? [] : new Dictionary<string, object?> { ["Model"] = model })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
}
