using AuthCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AuthCore.Users.Sessions;

internal static class SessionServices
{
    public static IServiceCollection AddBrowserSessions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<BrowserSessionOptions>, BrowserSessionOptionsValidator>();
        services.AddOptions<BrowserSessionOptions>().Bind(configuration.GetSection(BrowserSessionOptions.Section)).ValidateOnStart();
        services.AddSingleton<LiveSessions>().AddSingleton<IStorageParticipant>(provider => provider.GetRequiredService<LiveSessions>());
        services.AddSingleton<IBrowserSessions, BrowserSessions>().AddSingleton<IBrowserSessionDirectory, BrowserSessionDirectory>();
        services.AddSingleton<SessionUpkeep>();
        return services.AddHostedService(provider => provider.GetRequiredService<SessionUpkeep>());
    }
}
