namespace AuthCore.Telemetry;

/// <summary>Facts that may be lost in a crash. Calls return at once and never fail.</summary>
internal interface IActivityLog
{
    /// <summary>A token of this family was accepted.</summary>
    void Seen(string familyId, string? address, string? userAgent);

    /// <summary>A rate limit refused a request.</summary>
    void Refused(string policy, string partition, string? userAgent);

    /// <summary>Drops what is known of these refusals.</summary>
    Task ForgetRefusalsAsync(string policy, string partition);

    /// <summary>Writes what was gathered; for tests and for pages that want to be exact.</summary>
    Task FlushAsync();

    /// <summary>Deletes what is older, at most so many rows of each kind.</summary>
    Task<int> PruneAsync(DateTimeOffset before, int atMost);
}
