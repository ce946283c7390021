using System.Security.Claims;
using AuthCore.Users.Sessions;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace AdminConsole.Security;

/// <summary>
/// Ties a circuit to the browser session that it was opened in. What a person does in it counts as use of the session; once the session has ended, the
/// circuit takes no more input.
/// </summary>
internal sealed class CircuitGuard(AuthenticationStateProvider authentication, IBrowserSessions sessions, OpenPages pages) : CircuitHandler, IDisposable
{
    private ClaimsPrincipal _person = new();
    private IDisposable? _open;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var session = (CircuitSession)authentication;
        _person = (await session.GetAuthenticationStateAsync()).User;
        _open = pages.Open(_person.FindFirstValue(IBrowserSessions.SessionIdClaim) ?? "", session.End);

        // It may have ended before it was taken in.
        if (!sessions.IsAlive(_person))
            session.End();
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => activity =>
    {
        if (!sessions.IsAlive(_person))
            return Task.CompletedTask;
        sessions.Seen(_person, address: null);
        return next(activity);
    };

    public void Dispose() => _open?.Dispose();
}
