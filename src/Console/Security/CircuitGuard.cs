using System.Security.Claims;
using AuthCore.Users.Sessions;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace AdminConsole.Security;

/// <summary>
/// Ties a circuit to the browser session that it was opened in: once the session has ended, the circuit takes no more input. Input is not use of the
/// session: the answers of the browser to a list that updates itself are input too. Use is what <c>wwwroot/session.js</c> sees a person do.
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
        {
            session.End();
        }
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => activity => sessions.IsAlive(_person) ? next(activity) : Task.CompletedTask;

    public void Dispose() => _open?.Dispose();
}
