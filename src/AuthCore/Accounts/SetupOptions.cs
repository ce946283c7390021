using Microsoft.Extensions.Options;

namespace AuthCore.Accounts;

/// <summary>The first administrator, for hosts that are set up without a visit. Section <c>Setup</c>; looked at only while there is no administrator.</summary>
public sealed class SetupOptions
{
    /// <summary>The section's name.</summary>
    internal const string Section = "Setup";

    /// <summary>What they sign in with; goes with <see cref="AdminPassword"/>. Empty is not set.</summary>
    public string? AdminEmail { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value; }

    /// <summary>Identity's rules apply. Empty is not set.</summary>
    public string? AdminPassword { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value; }
}

/// <summary>Half a pair is a mistake, not a wish for the one-time code.</summary>
internal sealed class SetupOptionsValidator : IValidateOptions<SetupOptions>
{
    public ValidateOptionsResult Validate(string? name, SetupOptions options) => (options.AdminEmail, options.AdminPassword) switch
    {
        ({ } email, null) => ValidateOptionsResult.Fail($"Setup:AdminPassword must be set where Setup:AdminEmail is, which was '{email}'."),
        (null, not null) => ValidateOptionsResult.Fail("Setup:AdminEmail must be set where Setup:AdminPassword is."),
        _ => ValidateOptionsResult.Success,
    };
}
