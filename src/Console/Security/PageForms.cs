using Microsoft.AspNetCore.Antiforgery;

namespace AdminConsole.Security;

/// <summary>How the pages without a circuit are mapped.</summary>
internal static class PageForms
{
    /// <summary>A page that is shown.</summary>
    public static RouteHandlerBuilder MapPage(this IEndpointRouteBuilder endpoints, string path, Delegate show, PagePolicy? policy = null) =>
        endpoints.MapGet(path, show).WithMetadata(policy ?? PagePolicy.Static);

    /// <summary>A form that is posted: never without the token of a page of ours that was made for the person who posts it.</summary>
    public static RouteHandlerBuilder MapForm(this IEndpointRouteBuilder endpoints, string path, Delegate take, PagePolicy? policy = null) =>
        endpoints.MapPost(path, take).WithMetadata(policy ?? PagePolicy.Static, new RequireAntiforgeryTokenAttribute()).AddEndpointFilter(OwnFormsOnly);

    /// <summary>Whether the request was refused because its form came from elsewhere, or was made for somebody else.</summary>
    public static bool HasForeignForm(this HttpContext http) => http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false };

    private static ValueTask<object?> OwnFormsOnly(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) =>
        invocation.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true }
            ? next(invocation)
            : ValueTask.FromResult<object?>(Results.BadRequest());
}
