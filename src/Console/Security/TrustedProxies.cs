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

/// <summary>Refuses what is no address, a network of everybody, and the framework's own switch, which believes any sender.</summary>
internal sealed class TrustedProxyOptionsValidator(IConfiguration configuration) : IValidateOptions<TrustedProxyOptions>
{
    /// <summary>The key that the framework reads, from <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED</c> among others.</summary>
    public const string FrameworkSwitch = "ForwardedHeaders_Enabled";

    public ValidateOptionsResult Validate(string? name, TrustedProxyOptions options)
    {
        List<string> problems = [.. options.Proxies.Where(proxy => !IsProxy(proxy)).Select(proxy =>
            $"{TrustedProxyOptions.Section} must hold addresses or networks such as 10.0.0.0/8, but has '{proxy}'.")];
        if (configuration[TrustedProxyOptions.Section] is { Length: > 0 } scalar)
        {
            problems.Add($"{TrustedProxyOptions.Section} must be a list ({TrustedProxyOptions.Section}__0, {TrustedProxyOptions.Section}__1, ...), but was '{scalar}'.");
        }

        if (string.Equals(configuration[FrameworkSwitch], "true", StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(
                $"{FrameworkSwitch} (ASPNETCORE_FORWARDEDHEADERS_ENABLED) must not be set, because it believes the X-Forwarded headers of any sender, "
                + $"but was '{configuration[FrameworkSwitch]}'. List the proxies in {TrustedProxyOptions.Section} instead.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    // "10" is an address to the parser (0.0.0.10), which is never meant.
    private static bool IsProxy(string proxy) => IPAddress.TryParse(proxy, out _)
        ? proxy.Contains(':') || proxy.Count(sign => sign == '.') == 3
        : IPNetwork.TryParse(proxy, out var network) && network.PrefixLength > 0;
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
        services.AddOptions<TrustedProxyOptions>().Configure(options => Read(configuration, options)).ValidateOnStart();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<TrustedProxyOptions>>(Believe);
    }

    /// <summary>First of all middleware, so that everything after it sees the caller and not the proxy.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        // With both lists empty the framework would believe everybody.
        if (app.Services.GetRequiredService<IOptions<TrustedProxyOptions>>().Value.Proxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }
    }

    private static void Read(IConfiguration configuration, TrustedProxyOptions options)
    {
        foreach (var entry in configuration.GetSection(TrustedProxyOptions.Section).GetChildren())
        {
            if (entry.Value is not "")
            {
                options.Proxies.Add(entry.Value ?? entry.Key);
            }
        }
    }

    private static void Believe(ForwardedHeadersOptions headers, IOptions<TrustedProxyOptions> trusted)
    {
        headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        // Through as many proxies as there are; the first address that is not listed is the caller.
        headers.ForwardLimit = null;
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var proxy in trusted.Value.Proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
            {
                headers.KnownProxies.Add(address);
            }
            else
            {
                headers.KnownIPNetworks.Add(IPNetwork.Parse(proxy));
            }
        }
    }
}
