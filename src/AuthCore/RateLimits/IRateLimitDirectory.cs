using System.Security.Claims;
using AuthCore.Storage;
using AuthCore.Users;

namespace AuthCore.RateLimits;

/// <summary>The columns that refusals can be sorted by.</summary>
public enum RateLimitSort
{
    /// <summary>When the last refusal was.</summary>
    LastAt,

    /// <summary>How many there were.</summary>
    Hits,

    /// <summary>Which limit.</summary>
    Policy,

    /// <summary>Who was refused.</summary>
    Partition,
}

/// <summary>Which refusals are wanted; <see cref="ListQuery{TSort}.Search"/> looks into limit, partition and user agent.</summary>
public sealed record RateLimitQuery : ListQuery<RateLimitSort>
{
    /// <summary>Only refusals of this limit.</summary>
    public string? Policy { get; init; }

    /// <summary>Only refusals since then.</summary>
    public DateTimeOffset? Since { get; init; }
}

/// <summary>Everybody who ran into one limit, a row each.</summary>
/// <param name="Policy">Which limit: one of <see cref="RateLimitPolicies"/>.</param>
/// <param name="Partition">Who: an address, a client or a user, as that limit counts.</param>
/// <param name="Hits">How often in the time asked for.</param>
/// <param name="FirstAt">The first of those.</param>
/// <param name="LastAt">The last of those.</param>
/// <param name="LastUserAgent">The user agent of the last.</param>
public sealed record RateLimitRow(string Policy, string Partition, int Hits, DateTimeOffset FirstAt, DateTimeOffset LastAt, string? LastUserAgent);

/// <summary>Refusals in one span of time, for the chart.</summary>
/// <param name="From">Start of the span.</param>
/// <param name="Policy">Which limit.</param>
/// <param name="Hits">How many.</param>
public sealed record RateLimitPoint(DateTimeOffset From, string Policy, int Hits);

/// <summary>Refusals, counted and shown. Counts are a few seconds late and may lose the last seconds before a crash.</summary>
public interface IRateLimitDirectory
{
    /// <summary>Lists who was refused where and how often, the latest first unless sorted.</summary>
    /// <exception cref="AccessDeniedException">The caller is not a viewer.</exception>
    Task<Page<RateLimitRow>> ListAsync(ClaimsPrincipal caller, RateLimitQuery query, CancellationToken cancellationToken = default);

    /// <summary>Refusals over time, a point per span and limit, empty spans left out.</summary>
    /// <param name="caller">A viewer.</param>
    /// <param name="since">From when.</param>
    /// <param name="span">How long a span is: whole minutes, at least one.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    /// <exception cref="AccessDeniedException">The caller is not a viewer.</exception>
    Task<IReadOnlyList<RateLimitPoint>> SeriesAsync(ClaimsPrincipal caller, DateTimeOffset since, TimeSpan span, CancellationToken cancellationToken = default);

    /// <summary>Lifts a refusal: who it names starts with a fresh allowance, and the row leaves the list.</summary>
    /// <exception cref="AccessDeniedException">The caller is not an operator.</exception>
    Task<bool> LiftAsync(ClaimsPrincipal caller, string policy, string partition, CancellationToken cancellationToken = default);
}

/// <summary>The names of the limits. Each guards one kind of endpoint; the host may name them with <c>RequireRateLimiting</c>.</summary>
public static class RateLimitPolicies
{
    /// <summary><c>/authorize</c>, by address.</summary>
    public const string Authorize = "authorize";

    /// <summary>Sign-in attempts, by address.</summary>
    public const string Login = "login";

    /// <summary>Consent answers, by address.</summary>
    public const string Consent = "consent";

    /// <summary>First-run set-up, by address.</summary>
    public const string Setup = "setup";

    /// <summary><c>/token</c>, by address; failed client authentications also by address and client.</summary>
    public const string Token = "token";

    /// <summary><c>/register</c>, by address, with a budget for the whole host behind it.</summary>
    public const string Register = "register";

    /// <summary><c>/revoke</c>, by address.</summary>
    public const string Revoke = "revoke";

    /// <summary><c>/introspect</c>, by address.</summary>
    public const string Introspect = "introspect";

    /// <summary>Metadata and keys, by address.</summary>
    public const string Metadata = "metadata";

    /// <summary>The MCP endpoint, by family when a token was shown, else by address.</summary>
    public const string Mcp = "mcp";
}
