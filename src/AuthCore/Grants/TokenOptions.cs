using Microsoft.Extensions.Options;

namespace AuthCore.Grants;

/// <summary>Lifetimes. Section <c>Tokens</c>.</summary>
public sealed class TokenOptions
{
    /// <summary>The section's name.</summary>
    internal const string Section = "Tokens";

    /// <summary>What <see cref="AccessTokenLifetime"/> may be at most, so that something is known of a token that was made under other settings.</summary>
    internal static readonly TimeSpan LongestAccessToken = TimeSpan.FromHours(1);

    /// <summary>What <see cref="CodeLifetime"/> may be at most: a code that would last longer was made by a clock that ran ahead.</summary>
    internal static readonly TimeSpan LongestCode = TimeSpan.FromMinutes(10);

    /// <summary>Access tokens; 30 seconds to 1 hour.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Authorization codes; 5 seconds to 10 minutes (RFC 6749 §4.1.2).</summary>
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A family that is not refreshed for this long expires; at least twice the access token's lifetime.</summary>
    public TimeSpan RefreshIdle { get; set; } = TimeSpan.FromDays(14);

    /// <summary>A family expires this long after its authorization, used or not; not shorter than <see cref="RefreshIdle"/>.</summary>
    public TimeSpan RefreshAbsolute { get; set; } = TimeSpan.FromDays(30);

    /// <summary>For how long after its first use a refresh token may be used again, because the answer was lost; 0 (strict) to 5 minutes.</summary>
    public TimeSpan RefreshGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often it may be; 0 to 20.</summary>
    public int RefreshGraceUses { get; set; } = 3;

    /// <summary>
    /// For how long after a 403 <c>insufficient_scope</c> the next refresh is answered <c>interaction_required</c>, once, so that a client that would only refresh asks its
    /// user; 0 (never) to 1 minute.
    /// </summary>
    public TimeSpan StepUpWindow { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether a new family of a self-registered client, once it is used, replaces the older ones of the same person, redirect host and resource.
    /// </summary>
    public bool SupersedeOlderGrants { get; set; } = true;

    /// <summary>How long a sealed authorization request waits for login and consent; 1 minute to 1 hour.</summary>
    public TimeSpan RequestLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long lines of a lineage are kept, and families that were revoked or have expired.</summary>
    public TimeSpan LineageRetention { get; set; } = TimeSpan.FromDays(90);
}

/// <summary>Says everything that is wrong at once.</summary>
internal sealed class TokenOptionsValidator : IValidateOptions<TokenOptions>
{
    public ValidateOptionsResult Validate(string? name, TokenOptions options)
    {
        List<string> problems = [];
        Between("AccessTokenLifetime", options.AccessTokenLifetime, TimeSpan.FromSeconds(30), TokenOptions.LongestAccessToken);
        Between("CodeLifetime", options.CodeLifetime, TimeSpan.FromSeconds(5), TokenOptions.LongestCode);
        Between("RefreshIdle", options.RefreshIdle, options.AccessTokenLifetime * 2, options.RefreshAbsolute);
        Between("RefreshGrace", options.RefreshGrace, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Between("StepUpWindow", options.StepUpWindow, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Between("RequestLifetime", options.RequestLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        Between("LineageRetention", options.LineageRetention, TimeSpan.FromDays(1), TimeSpan.FromDays(3650));
        if (options.RefreshGraceUses is < 0 or > 20)
        {
            problems.Add($"Tokens:RefreshGraceUses must be from 0 to 20, but was {options.RefreshGraceUses}.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Between(string key, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                problems.Add($"Tokens:{key} must be from {least} to {most}, but was {value}.");
            }
        }
    }
}
