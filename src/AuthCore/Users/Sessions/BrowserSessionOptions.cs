using Microsoft.Extensions.Options;

namespace AuthCore.Users.Sessions;

/// <summary>How long people stay signed in, and how much of the host they may hold at once. Section <c>BrowserSessions</c>.</summary>
public sealed class BrowserSessionOptions
{
    /// <summary>The section's name.</summary>
    internal const string Section = "BrowserSessions";

    /// <summary>A session without activity for this long ends; 1 second to 30 days, not longer than <see cref="Lifetime"/>.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromHours(8);

    /// <summary>A session ends this long after its sign-in, used or not; 1 second to 90 days.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Sessions that a person may have at once; with one more, the one that was not used for longest ends. 1 to 1,000.</summary>
    public int PerPerson { get; set; } = 100;

    /// <summary>Console pages (circuits) that a person may have open at once, in all their sessions; 1 to 1,000.</summary>
    public int OpenPagesPerPerson { get; set; } = 20;

    /// <summary>How long sessions are listed after their end; 1 hour to 3650 days.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);
}

/// <summary>Says everything that is wrong at once.</summary>
internal sealed class BrowserSessionOptionsValidator : IValidateOptions<BrowserSessionOptions>
{
    private const int Most = 1000;

    public ValidateOptionsResult Validate(string? name, BrowserSessionOptions options)
    {
        List<string> problems = [];
        Require(
            options.Lifetime >= TimeSpan.FromSeconds(1) && options.Lifetime <= TimeSpan.FromDays(90),
            $"Lifetime must be from 00:00:01 to 90.00:00:00, but was {options.Lifetime}.");
        Require(
            options.IdleTimeout >= TimeSpan.FromSeconds(1) && options.IdleTimeout <= TimeSpan.FromDays(30) && options.IdleTimeout <= options.Lifetime,
            $"IdleTimeout must be from 00:00:01 to 30.00:00:00 and not longer than Lifetime ({options.Lifetime}), but was {options.IdleTimeout}.");
        Require(
            options.Retention >= TimeSpan.FromHours(1) && options.Retention <= TimeSpan.FromDays(3650),
            $"Retention must be from 01:00:00 to 3650.00:00:00, but was {options.Retention}.");
        Require(options.PerPerson is >= 1 and <= Most, $"PerPerson must be from 1 to {Most}, but was {options.PerPerson}.");
        Require(options.OpenPagesPerPerson is >= 1 and <= Most, $"OpenPagesPerPerson must be from 1 to {Most}, but was {options.OpenPagesPerPerson}.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Require(bool holds, string rule)
        {
            if (!holds)
            {
                problems.Add($"{BrowserSessionOptions.Section}:{rule}");
            }
        }
    }
}
