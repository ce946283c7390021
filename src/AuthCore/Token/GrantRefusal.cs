using AuthCore.Http;

namespace AuthCore.Token;

/// <summary>Why a grant was refused: the true reason, for log and audit.</summary>
internal enum GrantRefusal
{
    ParameterMissing,
    GrantNotAllowed,
    CodeUnknown,
    CodeOfAnotherClient,
    CodeExpired,
    CodeReused,
    CodeInvalidated,
    RedirectUriMismatch,
    VerifierWrong,
    ResourceMismatch,
    CodeOfDisabledUser,
    RefreshTokenUnknown,
    RefreshTokenOfAnotherClient,
    RefreshTokenReused,
    FamilyRevoked,
    RefreshTokenOfDisabledUser,
    FamilyExpired,
    ScopeMalformed,
    ScopeWidened,

    /// <summary>A call was refused for want of a scope a moment ago, and a refresh would not bring it.</summary>
    UserNeeded,

    /// <summary>By a hook of the host. Nothing was spent.</summary>
    Vetoed,
}

/// <summary>What the client hears (RFC 6749 §5.2): the only place where that is decided.</summary>
internal static class GrantRefusalWire
{
    public static OAuthError ToError(this GrantRefusal refusal) => refusal switch
    {
        GrantRefusal.ParameterMissing => OAuthError.InvalidRequest("A required parameter is missing."),
        GrantRefusal.GrantNotAllowed => OAuthError.UnauthorizedClient("The client is not registered for this grant type."),
        GrantRefusal.CodeUnknown or GrantRefusal.CodeOfAnotherClient or GrantRefusal.CodeExpired or GrantRefusal.CodeReused or GrantRefusal.CodeInvalidated
            or GrantRefusal.RedirectUriMismatch or GrantRefusal.VerifierWrong or GrantRefusal.CodeOfDisabledUser => OAuthError.InvalidGrant("The authorization code is not valid."),
        GrantRefusal.RefreshTokenUnknown or GrantRefusal.RefreshTokenOfAnotherClient or GrantRefusal.RefreshTokenReused
            or GrantRefusal.FamilyRevoked or GrantRefusal.RefreshTokenOfDisabledUser or GrantRefusal.FamilyExpired => OAuthError.InvalidGrant("The refresh token is not valid."),
        GrantRefusal.ResourceMismatch => OAuthError.InvalidTarget("The resource is not the one that was authorized."),
        GrantRefusal.ScopeMalformed => OAuthError.InvalidScope("The scope is malformed."),
        GrantRefusal.ScopeWidened => OAuthError.InvalidScope("The scope goes beyond what was authorized."),
        GrantRefusal.UserNeeded => OAuthError.InteractionRequired("The user has to allow more scopes: send a new authorization request."),
        GrantRefusal.Vetoed => OAuthError.AccessDenied("The server does not allow this."),
    };
}
