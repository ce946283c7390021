using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AuthCore.Http;

/// <summary>405 with <c>Allow</c> (RFC 9110 §15.5.6) for what an endpoint has no method for, whatever else the host maps beside it.</summary>
internal static class MethodNotAllowed
{
    /// <summary>Answers every method at a path that no other endpoint there takes.</summary>
    /// <param name="endpoints">Where the path is mapped.</param>
    /// <param name="path">The path of an endpoint.</param>
    /// <param name="methods">The methods that it takes.</param>
    public static IEndpointConventionBuilder MapNothingElse(this IEndpointRouteBuilder endpoints, string path, params string[] methods)
    {
        var allow = string.Join(", ", methods);
        return endpoints.Map(path, context =>
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = allow;
            return Task.CompletedTask;
        });
    }
}
