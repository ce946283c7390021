namespace AuthCore.Protocol;

/// <summary>The values of <c>token_type_hint</c> (RFC 7009 §2.1). A hint never hides a token; one that is not registered is a mistake worth telling.</summary>
internal static class TokenTypeHint
{
    public static bool IsKnown(string? hint) => hint is null or "access_token" or "refresh_token";
}
