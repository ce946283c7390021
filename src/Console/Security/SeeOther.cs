namespace AdminConsole.Security;

/// <summary>
/// 303 See Other. Never 307, which would carry a posted password along (RFC 9700 section 4.12).
/// </summary>
internal sealed class SeeOther(string location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
