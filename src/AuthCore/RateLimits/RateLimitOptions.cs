using Microsoft.Extensions.Options;

namespace AuthCore.RateLimits;

/// <summary>How much one partition may do before it is refused, e.g. 120 in 00:01:00. It refills evenly, so that the whole allowance can be spent at once.</summary>
public sealed class RateLimitAllowance
{
    /// <summary>Made by the binder.</summary>
    public RateLimitAllowance()
    {
    }

    /// <summary>So many in a minute.</summary>
    internal RateLimitAllowance(int permitsPerMinute) => Permits = permitsPerMinute;

    /// <summary>Requests: 1 to 1,000,000.</summary>
    public int Permits { get; set; } = 60;

    /// <summary>In which time: one second to one hour.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>
/// Bound to the section <c>RateLimits</c>. The defaults leave room for many people behind one address: hosted clients share their egress.
/// </summary>
public sealed class RateLimitOptions
{
    /// <summary>The section's name.</summary>
    internal const string Section = "RateLimits";

    /// <summary>Whether anything is refused at all.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary><see cref="RateLimitPolicies.Authorize"/>.</summary>
    public RateLimitAllowance Authorize { get; set; } = new(300);

    /// <summary><see cref="RateLimitPolicies.Login"/>. Lower than the others: every attempt costs a password hash.</summary>
    public RateLimitAllowance Login { get; set; } = new(30);

    /// <summary><see cref="RateLimitPolicies.Consent"/>.</summary>
    public RateLimitAllowance Consent { get; set; } = new(120);

    /// <summary><see cref="RateLimitPolicies.Setup"/>.</summary>
    public RateLimitAllowance Setup { get; set; } = new(10);

    /// <summary><see cref="RateLimitPolicies.Token"/>, by address.</summary>
    public RateLimitAllowance Token { get; set; } = new(600);

    /// <summary>Failed client authentications, by address and client; counted under <see cref="RateLimitPolicies.Token"/>.</summary>
    public RateLimitAllowance FailedClientAuthentication { get; set; } = new(10);

    /// <summary><see cref="RateLimitPolicies.Register"/>, by address.</summary>
    public RateLimitAllowance Register { get; set; } = new(120);

    /// <summary>Registrations of everybody together, behind <see cref="Register"/>.</summary>
    public RateLimitAllowance RegisterForHost { get; set; } = new(600);

    /// <summary><see cref="RateLimitPolicies.Revoke"/>.</summary>
    public RateLimitAllowance Revoke { get; set; } = new(300);

    /// <summary><see cref="RateLimitPolicies.Introspect"/>. Resource servers ask often.</summary>
    public RateLimitAllowance Introspect { get; set; } = new(3000);

    /// <summary><see cref="RateLimitPolicies.Metadata"/>.</summary>
    public RateLimitAllowance Metadata { get; set; } = new(1200);

    /// <summary><see cref="RateLimitPolicies.Mcp"/>.</summary>
    public RateLimitAllowance Mcp { get; set; } = new(1200);

    internal IEnumerable<(string Key, RateLimitAllowance Allowance)> All() =>
    [
        (nameof(Authorize), Authorize), (nameof(Login), Login), (nameof(Consent), Consent), (nameof(Setup), Setup), (nameof(Token), Token),
        (nameof(FailedClientAuthentication), FailedClientAuthentication), (nameof(Register), Register), (nameof(RegisterForHost), RegisterForHost),
        (nameof(Revoke), Revoke), (nameof(Introspect), Introspect), (nameof(Metadata), Metadata), (nameof(Mcp), Mcp),
    ];
}

internal sealed class RateLimitOptionsValidator : IValidateOptions<RateLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, RateLimitOptions options)
    {
        var problems = new List<string>();
        foreach (var (key, allowance) in options.All())
        {
            if (allowance.Permits is < 1 or > 1_000_000)
            {
                problems.Add($"RateLimits:{key}:Permits must be between 1 and 1000000, but was {allowance.Permits}.");
            }

            if (allowance.Window < TimeSpan.FromSeconds(1) || allowance.Window > TimeSpan.FromHours(1))
            {
                problems.Add($"RateLimits:{key}:Window must be between 00:00:01 and 01:00:00, but was {allowance.Window}.");
            }
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
