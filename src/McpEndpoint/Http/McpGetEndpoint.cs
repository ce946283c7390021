using AuthCore.Protocol;
using McpEndpoint.Http.Envelope;
using McpEndpoint.Tools;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;

namespace McpEndpoint.Http;

/// <summary>
/// GET and DELETE belong to sessions, and there are none. But some clients look for the challenge with a bare GET, before they know
/// anything of the server; they get it.
/// </summary>
internal sealed class McpGetEndpoint(OriginGuard originGuard, BearerAuthentication bearer, BearerChallenge challenge)
{
    public Task HandleAsync(HttpContext context)
    {
        var caller = context.RequestServices.GetRequiredService<Caller>();
        var refusal = originGuard.Check(context.Request) ?? bearer.Authenticate(context, caller) ?? NoStream(context.Request, caller);
        if (refusal.Status == StatusCodes.Status405MethodNotAllowed)
        {
            context.Response.Headers.Allow = HttpMethods.Post;
        }

        return RefusalWriter.WriteAsync(context, refusal);
    }

    private Refusal NoStream(HttpRequest request, Caller caller)
    {
        var looksForChallenge = HttpMethods.IsGet(request.Method) && caller.Grant is null && !request.Headers.ContainsKey(McpHeaders.ProtocolVersion);
        return looksForChallenge
            ? new Refusal(StatusCodes.Status401Unauthorized, McpErrorCode.InvalidRequest, "Some tools of this server need the user to sign in.")
            {
                Challenge = challenge.Missing(ScopeSet.Empty),
            }
            : new Refusal(StatusCodes.Status405MethodNotAllowed, McpErrorCode.InvalidRequest, "This server keeps no sessions: send every message by POST.");
    }
}
