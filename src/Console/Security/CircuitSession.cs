using System.Security.Claims;
using AuthCore.Users;
using AuthCore.Users.Sessions;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;

namespace AdminConsole.Security;

/// <summary>
/// Who a circuit belongs to. A circuit outlives the request that began it, so it asks again by itself whether the person is still
/// the one they were, and with the roles they had. That their session ended it is told at once.
/// </summary>
internal sealed class CircuitSession(ILoggerFactory loggers, IServiceScopeFactory scopes, IBrowserSessions sessions) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    private static readonly AuthenticationState Nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));

    protected override TimeSpan RevalidationInterval => SessionCookie.Recheck;

    /// <summary>From now on nobody is signed in here: pages close, and the circuit says so.</summary>
    public void End() => SetAuthenticationState(Task.FromResult(Nobody));

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var person = authenticationState.User;
        if (!sessions.IsAlive(person))
        {
            return false;
        }

        await using var scope = scopes.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<AuthUser>>();
        if (await signIn.ValidateSecurityStampAsync(person) is not { } user)
        {
            return false;
        }

        var roles = await signIn.UserManager.GetRolesAsync(user);
        return person.FindAll(ClaimTypes.Role).Select(claim => claim.Value).ToHashSet().SetEquals(roles);
    }
}
