using Microsoft.Extensions.Options;

namespace AuthCore.Clients.Registration;

/// <summary>Dynamic client registration (RFC 7591). Bound to the section <c>Registration</c>.</summary>
public sealed class RegistrationOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Registration";

    /// <summary>Whether clients may register themselves. When not, the endpoint is neither mapped nor advertised.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long a registration that no person ever allowed anything is kept: 1 hour to 90 days.</summary>
    public TimeSpan UnusedLifetime { get; set; } = TimeSpan.FromHours(24);

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

        problems.AddRange(options.SchemesWithoutDot
            .Where(scheme => scheme.Length == 0 || !scheme.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '+' or '-') || NeverSchemes.Contains(scheme))
            .Select(scheme => $"Registration:SchemesWithoutDot must hold lower-case private-use schemes, but has '{scheme}'."));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
