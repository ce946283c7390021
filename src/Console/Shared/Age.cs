namespace AdminConsole.Shared;

/// <summary>Distances in time and lengths of time, as people say them.</summary>
internal static class Age
{
    /// <summary>"3 minutes ago", "in 2 hours", "just now" within 10 seconds either way.</summary>
    public static string Words(DateTimeOffset at, DateTimeOffset now)
    {
        var distance = now - at;
        if (distance.Duration() < TimeSpan.FromSeconds(10))
        {
            return "just now";
        }

        return distance > TimeSpan.Zero ? $"{Length(distance)} ago" : $"in {Length(-distance)}";
    }

    /// <summary>The largest whole unit that fits: "45 seconds", "1 hour", "30 days", "2 years".</summary>
    public static string Length(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => Count((int)time.TotalSeconds, "second"),
        { TotalHours: < 1 } => Count((int)time.TotalMinutes, "minute"),
        { TotalDays: < 1 } => Count((int)time.TotalHours, "hour"),
        { TotalDays: < 365 } => Count((int)time.TotalDays, "day"),
        _ => Count((int)(time.TotalDays / 365), "year"),
    };

    private static string Count(int n, string unit) => n == 1 ? $"1 {unit}" : $"{n} {unit}s";
}
