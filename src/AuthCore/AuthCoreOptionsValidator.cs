using AuthCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AuthCore;

/// <summary>Says everything that is wrong at once, by key, rule and value.</summary>
internal sealed class AuthCoreOptionsValidator(IConfiguration configuration) : IValidateOptions<AuthCoreOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthCoreOptions options)
    {
        List<string> problems = [];
        if (options.PublicUrl is { } publicUrl && !IsIssuer(publicUrl))
        {
            problems.Add($"PublicUrl must be an https origin (http on loopback only) without path, query, fragment and trailing slash, but was '{publicUrl}'.");
        }

        if (options.PublicUrl is null && ListenAddresses().FirstOrDefault(address => !IsLoopback(address)) is { } beyond)
        {
            problems.Add($"PublicUrl must be set, because the host listens beyond loopback ({beyond}) and must know the name that others reach it by.");
        }

        if (string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            problems.Add("DataDirectory must name a directory, but was empty.");
        }

        foreach (var (key, path) in new[] { ("LoginPath", options.LoginPath), ("ConsentPath", options.ConsentPath), ("ErrorPath", options.ErrorPath) })
        {
            Path(key, path);
        }

        foreach (var path in options.ResourcePaths)
        {
            Path("ResourcePaths", path);
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Path(string key, string path)
        {
            if (path is not ['/', not '/', ..])
            {
                problems.Add($"{key} must be a path of this host that begins with one slash, but was '{path}'.");
            }
        }
    }

    private IEnumerable<string> ListenAddresses() =>
        (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(new[] { configuration["http_ports"], configuration["https_ports"] }.OfType<string>().Where(ports => ports.Length > 0).Select(ports => $"*:{ports}"))
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>());

    private static bool IsLoopback(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;

    /// <summary>RFC 8414 §2, narrowed to an origin: what a client compares byte for byte must have one spelling.</summary>
    private static bool IsIssuer(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && value == uri.GetLeftPart(UriPartial.Authority)
        && uri.UserInfo.Length == 0;
}
