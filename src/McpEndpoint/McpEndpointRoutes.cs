using AuthCore.Metadata;
using AuthCore.RateLimits;
using McpEndpoint.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace McpEndpoint;

/// <summary>The protected resource's protocol on one screen.</summary>
public static class McpEndpointRoutes
{
    private const string McpPath = McpPostEndpoint.Path;

    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the endpoint and its metadata.</summary>
    /// <exception cref="InvalidOperationException">A tool is not declared well; the message lists all that is wrong.</exception>
    public static IEndpointConventionBuilder MapMcpEndpoint(this IEndpointRouteBuilder routes)
    {
        var post = routes.ServiceProvider.GetRequiredService<McpPostEndpoint>();
        var get = routes.ServiceProvider.GetRequiredService<McpGetEndpoint>();
        var metadata = routes.ServiceProvider.GetRequiredService<ProtectedResourceMetadataEndpoint>();

        var group = routes.MapGroup("").RequireCors(ProtocolCors.PolicyName);
        group.MapPost(McpPath, post.HandleAsync).RequireRateLimiting(RateLimitPolicies.Mcp);                                    // MCP, Streamable HTTP
        group.MapMethods(McpPath, [HttpMethods.Get, HttpMethods.Delete], get.HandleAsync).RequireRateLimiting(RateLimitPolicies.Mcp);
        group.MapMethods(ProtectedResourceMetadataEndpoint.Path + McpPath, Read, metadata.HandleAsync).RequireRateLimiting(RateLimitPolicies.Metadata); // RFC 9728 §3.1
        group.MapMethods(ProtectedResourceMetadataEndpoint.Path, Read, metadata.HandleAsync).RequireRateLimiting(RateLimitPolicies.Metadata);
        group.MapMethods("/auth/prm", Read, metadata.HandleAsync).RequireRateLimiting(RateLimitPolicies.Metadata);              // older clients of this server

        group.Map(McpPath, NotAllowed);
        return group;
    }

    /// <summary>405 with <c>Allow</c> (RFC 9110 §15.5.6) for every other method, whatever else the host maps beside it.</summary>
    private static Task NotAllowed(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = HttpMethods.Post;
        return Task.CompletedTask;
    }
}
