using System.Threading.RateLimiting;
using AuthCore.Http;
using AuthCore.RateLimits;
using AuthCore.ResourceServer;
using AuthCore.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace AuthCore;

/// <summary>Gives every name in <see cref="RateLimitPolicies"/> its limit.</summary>
internal sealed class EndpointRateLimits(
    IOptions<RateLimitOptions> options, LiftedPartitions lifted, IActivityLog activity, IAccessTokenValidator tokens, PublicOrigin origin)
    : IConfigureOptions<RateLimiterOptions>, IDisposable
{
    private const string BearerScheme = "Bearer ";

    private readonly TokenBucketRateLimiter _registrations = new(AllowanceBucket.Options(options.Value.RegisterForHost, autoReplenishment: true));

    public void Configure(RateLimiterOptions limiter)
    {
        var limits = options.Value;
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        Add(RateLimitPolicies.Authorize, limits.Authorize, RefusalShape.Page);
        Add(RateLimitPolicies.Login, limits.Login, RefusalShape.Page);
        Add(RateLimitPolicies.Consent, limits.Consent, RefusalShape.Page);
        Add(RateLimitPolicies.Setup, limits.Setup, RefusalShape.Page);
        Add(RateLimitPolicies.Token, limits.Token, RefusalShape.OAuth);
        Add(RateLimitPolicies.Revoke, limits.Revoke, RefusalShape.OAuth);
        Add(RateLimitPolicies.Introspect, limits.Introspect, RefusalShape.OAuth);
        Add(RateLimitPolicies.Metadata, limits.Metadata, RefusalShape.OAuth);
        AddLimit(RateLimitPolicies.Register, Address, () => new HostBudgetLimiter(limits.Register, _registrations), RefusalShape.OAuth);
        AddLimit(RateLimitPolicies.Mcp, FamilyOrAddress, () => new TokenBucketRateLimiter(AllowanceBucket.Options(limits.Mcp)), RefusalShape.JsonRpc);

        void Add(string policy, RateLimitAllowance allowance, RefusalShape shape) =>
            AddLimit(policy, Address, () => new TokenBucketRateLimiter(AllowanceBucket.Options(allowance)), shape);

        void AddLimit(string policy, Func<HttpContext, string> whom, Func<RateLimiter> make, RefusalShape shape) =>
            limiter.AddPolicy(policy, new EndpointRateLimit(policy, whom, limits.Enabled ? make : null, shape, lifted, activity));
    }

    public void Dispose() => _registrations.Dispose();

    private static string Address(HttpContext context) => ClientAddress.Partition(context.Connection.RemoteIpAddress);

    // Only a valid token counts as its family: otherwise every invented one would be a fresh allowance.
    private string FamilyOrAddress(HttpContext context)
    {
        string? header = context.Request.Headers.Authorization;
        if (header is null || !header.StartsWith(BearerScheme, StringComparison.OrdinalIgnoreCase)
            || tokens.Validate(header[BearerScheme.Length..].Trim(' '), origin.Issuer + context.Request.Path) is not AccessTokenValidation.Valid valid)
        {
            return Address(context);
        }

        // For the endpoint behind the limit, which need not ask again.
        context.Features.Set(valid);
        return valid.Grant.FamilyId;
    }
}
