using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace AdminConsole.Security;

/// <summary>Whose word is taken for where a request came from. Section <c>TrustedProxies</c>, an array; nobody's when it is empty.</summary>
public sealed class TrustedProxyOptions
{
    public const string Section = "TrustedProxies";

    /// <summary>Addresses (<c>192.0.2.7</c>) or networks (<c>10.0.0.0/8</c>) of the proxies in front of the host.</summary>
    public IList<string> Proxies { get; } = [];
}

internal sealed class TrustedProxyOptionsValidator : IValidateOptions<TrustedProxyOptions>
{
    public ValidateOptionsResult Validate(string? name, TrustedProxyOptions options)
    {
        var problems = options.Proxies
            .Where(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
            .Select(proxy => $"{TrustedProxyOptions.Section} must hold addresses or networks such as 10.0.0.0/8, but has '{proxy}'.")
            .ToArray();
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}

/// <summary>
/// <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> of listed proxies only: a rate limit, a lineage and an audit line are worth as much as the address
/// in them. The host's own name never comes from a header.
/// </summary>
internal static class TrustedProxies
{
    public static void AddTrustedProxies(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<TrustedProxyOptions>, TrustedProxyOptionsValidator>();
        services.AddOptions<TrustedProxyOptions>()
            .Configure(options => configuration.GetSection(TrustedProxyOptions.Section).Bind(options.Proxies))
            .ValidateOnStart();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<TrustedProxyOptions>>((headers, trusted) =>
        {
            headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            foreach (var proxy in trusted.Value.Proxies)
            {
                if (IPAddress.TryParse(proxy, out var address))
                    headers.KnownProxies.Add(address);
                else
                    headers.KnownIPNetworks.Add(IPNetwork.Parse(proxy));
            }
        });
    }

    /// <summary>First of all middleware, so that everything after it sees the caller and not the proxy.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        // With both lists empty the framework would believe everybody.
        if (app.Services.GetRequiredService<IOptions<TrustedProxyOptions>>().Value.Proxies.Count > 0)
            app.UseForwardedHeaders();
    }
}
