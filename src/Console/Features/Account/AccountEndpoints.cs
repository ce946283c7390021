using AuthCore.RateLimits;

namespace AdminConsole.Features.Account;

/// <summary>Signing in and out.</summary>
internal static class AccountEndpoints
{
    public static void AddAccount(this IServiceCollection services)
    {
        services.AddSingleton<DeviceCookie>();
    }

    public static void MapAccount(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPage("/account/login", Login.Show);
        endpoints.MapForm("/account/login", Login.SignIn).RequireRateLimiting(RateLimitPolicies.Login);
        endpoints.MapForm("/account/switch", Logout.UseAnotherAccount);
        endpoints.MapPage("/account/logout", Logout.Show);
        endpoints.MapForm("/account/logout", Logout.SignOut);
        endpoints.MapPage("/account/denied", AccessDenied.Show);
        endpoints.MapPage(ChangePassword.Path.Value, ChangePassword.Show).RequireAuthorization();
        endpoints.MapForm(ChangePassword.Path.Value, ChangePassword.Change).RequireAuthorization().RequireRateLimiting(RateLimitPolicies.Login);
    }
}
