using System.Security.Claims;
using AuthCore.Grants;
using AuthCore.Protocol;

namespace AuthCore.ResourceServer;

/// <summary>What a valid access token says, after its family, client and user were found alive.</summary>
/// <param name="UserId">Subject.</param>
/// <param name="ClientId">The client it was issued to.</param>
/// <param name="FamilyId">The family it belongs to.</param>
/// <param name="Resource">Its audience: the canonical URI of the resource.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="TokenId">Its <c>jti</c>.</param>
/// <param name="IssuedAt">Its <c>iat</c>.</param>
/// <param name="ExpiresAt">Its <c>exp</c>.</param>
/// <param name="AuthenticatedAt">Its <c>auth_time</c>: when the user last proved who they are.</param>
public sealed record AccessGrant(
    string? UserId, string ClientId, string FamilyId, string Resource, ScopeSet Scopes, string TokenId,
    DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, DateTimeOffset AuthenticatedAt)
{
    /// <summary>Whose rights it carries: the person, or the client itself.</summary>
    public string Subject => UserId ?? ClientId;

    /// <summary>The authentication type of <see cref="ToPrincipal"/>.</summary>
    public const string AuthenticationType = "Bearer";

    /// <summary>The same facts as claims: <c>sub</c>, <c>client_id</c>, <c>family</c>, and a <c>scope</c> each.</summary>
    public ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
        [
            new Claim("sub", Subject), new Claim("client_id", ClientId), new Claim("family", FamilyId),
            .. Scopes.Select(scope => new Claim("scope", scope)),
        ],
        AuthenticationType, "sub", "role"));
}

/// <summary>What was found out about a presented token.</summary>
public abstract record AccessTokenValidation
{
    private AccessTokenValidation()
    {
    }

    /// <summary>Answers for each case.</summary>
    public abstract T Match<T>(Func<Valid, T> valid, Func<Invalid, T> invalid);

    /// <summary>Signed here, for this resource, not expired, and alive.</summary>
    /// <param name="Grant">What it says.</param>
    public sealed record Valid(AccessGrant Grant) : AccessTokenValidation
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Valid, T> valid, Func<Invalid, T> invalid) => valid(this);
    }

    /// <summary>Not to be accepted: RFC 6750 §3.1 <c>invalid_token</c>.</summary>
    /// <param name="Reason">For the log only.</param>
    public sealed record Invalid(string Reason) : AccessTokenValidation
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Valid, T> valid, Func<Invalid, T> invalid) => invalid(this);
    }
}

/// <summary>Validates access tokens of this authorization server (RFC 9068 §4), in process.</summary>
public interface IAccessTokenValidator
{
    /// <summary>Checks form, signature, type, issuer, audience and time, then liveness.</summary>
    /// <param name="token">What followed <c>Bearer</c>.</param>
    /// <param name="resource">The canonical URI of the resource that was called.</param>
    AccessTokenValidation Validate(string token, string resource);

    /// <summary>
    /// Notes that a grant was used: for "last seen", and because the first use of a new grant replaces its person's older ones (<see cref="TokenOptions.SupersedeOlderGrants"/>).
    /// Cheap, never waits and never fails; may be lost in a crash, and then the next use makes up for it.
    /// </summary>
    void Seen(AccessGrant grant, string? address, string? userAgent);

    /// <summary>
    /// Notes that a call was answered 403 <c>insufficient_scope</c> (RFC 6750 §3.1): for <see cref="TokenOptions.StepUpWindow"/> the next refresh that asks for no
    /// less than everything is answered <c>interaction_required</c>, once, if its family lacks what was needed. Cheap, never waits and never fails.
    /// </summary>
    void InsufficientScope(AccessGrant grant, ScopeSet needed);
}
