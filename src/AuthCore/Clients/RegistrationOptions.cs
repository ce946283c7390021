using AuthCore.Clients.Names;
using Microsoft.Extensions.Options;

namespace AuthCore.Clients;

/// <summary>Dynamic client registration (RFC 7591). Bound to the section <c>Registration</c>.</summary>
public sealed class RegistrationOptions
{
    /// <summary>The section's name.</summary>
    internal const string Section = "Registration";

    /// <summary>Whether clients may register themselves. When not, the endpoint is neither mapped nor advertised.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long a registration that no person ever allowed anything is kept: 1 hour to 90 days.</summary>
    public TimeSpan UnusedLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many registrations that no person ever allowed anything are kept: 10 to 100,000. One more, and the oldest of them goes.</summary>
    public int MaxUnused { get; set; } = 10_000;

    /// <summary>How many bytes they may take together: 64 KiB to 1 GiB.</summary>
    public long MaxUnusedBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// Names of well-known products, each with a letter or digit and at most 64 characters: a client that registered itself under one, or one that looks like it, is
    /// shown with a warning.
    /// </summary>
    public IList<string> KnownNames { get; } =
    [
        "Claude", "Anthropic", "ChatGPT", "OpenAI", "Codex", "Visual Studio", "VS Code", "Cursor", "Windsurf", "GitHub", "Copilot", "Gemini", "Google", "Microsoft", "Azure",
        "JetBrains", "MCP Inspector", "Slack", "Notion",
    ];

    /// <summary>Names of this server itself, which no client has. The host adds what it calls itself; its public host name is always among them.</summary>
    public IList<string> OwnNames { get; } = ["McpAuthConsole"];

    /// <summary>
    /// Private-use redirect schemes that are accepted although they have no period (RFC 8252 §8.4 advises against them), lower case. An editor in
    /// wide use has one.
    /// </summary>
    public IList<string> SchemesWithoutDot { get; } = ["cursor"];
}

internal sealed class RegistrationOptionsValidator : IValidateOptions<RegistrationOptions>
{
    // What a browser runs, shows or opens by itself instead of handing it to an app.
    private static readonly string[] NeverSchemes = ["javascript", "data", "vbscript", "file", "blob", "about", "ftp", "http", "https", "ws", "wss", "view-source", "filesystem"];

    public ValidateOptionsResult Validate(string? name, RegistrationOptions options)
    {
        var problems = new List<string>();
        if (options.UnusedLifetime < TimeSpan.FromHours(1) || options.UnusedLifetime > TimeSpan.FromDays(90))
        {
            problems.Add($"Registration:UnusedLifetime must be between 01:00:00 and 90.00:00:00, but was {options.UnusedLifetime}.");
        }

        if (options.MaxUnused is < 10 or > 100_000)
        {
            problems.Add($"Registration:MaxUnused must be between 10 and 100000, but was {options.MaxUnused}.");
        }

        if (options.MaxUnusedBytes is < 64 * 1024 or > 1024 * 1024 * 1024)
        {
            problems.Add($"Registration:MaxUnusedBytes must be between 65536 and 1073741824, but was {options.MaxUnusedBytes}.");
        }

        problems.AddRange(Named(options.KnownNames, "KnownNames").Concat(Named(options.OwnNames, "OwnNames")));
        problems.AddRange(options.SchemesWithoutDot
            .Where(scheme => scheme.Length == 0 || !scheme.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '+' or '-') || NeverSchemes.Contains(scheme))
            .Select(scheme => $"Registration:SchemesWithoutDot must hold lower-case private-use schemes, but has '{scheme}'."));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Named(IEnumerable<string> names, string key) => names
        .Where(name => name is not { Length: <= ClientNames.MaxShown } || !name.Any(char.IsLetterOrDigit))
        .Select(name => $"Registration:{key} must hold names of at most {ClientNames.MaxShown} characters with a letter or digit, but has '{name}'.");
}
