using Microsoft.Extensions.Options;

namespace AuthCore.Database;

/// <summary>Says everything that is wrong at once, by key, rule and value.</summary>
internal sealed class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        List<string> problems = [];
        if (options.Provider != DatabaseOptions.OnlyProvider)
        {
            problems.Add($"Database:Provider must be {DatabaseOptions.OnlyProvider}, but was '{options.Provider}'.");
        }

        if (options.LaneCapacity is < 16 or > 100_000)
        {
            problems.Add($"Database:LaneCapacity must be from 16 to 100000, but was {options.LaneCapacity}.");
        }

        if (options.LaneBatch is < 1 or > 10_000)
        {
            problems.Add($"Database:LaneBatch must be from 1 to 10000, but was {options.LaneBatch}.");
        }

        if (options.LaneUnitLimit < TimeSpan.FromSeconds(1) || options.LaneUnitLimit > TimeSpan.FromMinutes(1))
        {
            problems.Add($"Database:LaneUnitLimit must be from 00:00:01 to 00:01:00, but was {options.LaneUnitLimit}.");
        }

        if (options.CleaningPeriod < TimeSpan.FromSeconds(1) || options.CleaningPeriod > TimeSpan.FromDays(1))
        {
            problems.Add($"Database:CleaningPeriod must be from 00:00:01 to 1.00:00:00, but was {options.CleaningPeriod}.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
