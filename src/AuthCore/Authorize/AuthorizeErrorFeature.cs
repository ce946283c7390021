namespace AuthCore.Authorize;

/// <summary>Set on the request when <c>/authorize</c> refuses something that must not be answered by a redirect (RFC 6749 §4.1.2.1).</summary>
/// <param name="Error">The error code, e.g. <c>invalid_client</c>.</param>
/// <param name="Explanation">What happened and what to do, for the person in front of the browser; holds nothing of the request.</param>
public sealed record AuthorizeErrorFeature(string Error, string Explanation);
