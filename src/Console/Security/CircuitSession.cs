using System.Security.Claims;
using AuthCore.Users;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;

namespace AdminConsole.Security;

/// <summary>
/// Who a circuit belongs to. A circuit outlives the request that began it, so it asks again by itself whether the person is still
/// the one they were, and with the roles they had.
/// </summary>
internal sealed class CircuitSession(ILoggerFactory loggers, IServiceScopeFactory scopes) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => SessionCookie.Recheck;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var person = authenticationState.User;
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<AuthUser>>();
        if (await signIn.ValidateSecurityStampAsync(person) is not { } user)
            return false;

        var roles = await signIn.UserManager.GetRolesAsync(user);
        return person.FindAll(ClaimTypes.Role).Select(claim => claim.Value).ToHashSet().SetEquals(roles);
    }
}
