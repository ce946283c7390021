namespace AuthCore.Authorize;

/// <summary>Set on the request when <c>/authorize</c> refuses something that must not be answered by a redirect (RFC 6749 §4.1.2.1), or not by one that happens by itself (RFC 9700 §4.11.2).</summary>
/// <param name="Error">The error code, e.g. <c>invalid_client</c>.</param>
/// <param name="Explanation">What happened and what to do, for the person in front of the browser; holds nothing of the request.</param>
/// <param name="Onward">Where the client wants the error sent, when the person may go on to it; null when nothing leads there.</param>
public sealed record AuthorizeErrorFeature(string Error, string Explanation, AuthorizeErrorDestination? Onward = null);

/// <summary>A place that a client registered for itself and nobody vouches for.</summary>
/// <param name="Destination">To be named in full before anybody goes there.</param>
/// <param name="Address">The address with the error in it, for a link that a person follows. It carries the client's <c>state</c>: do not log it.</param>
public sealed record AuthorizeErrorDestination(AnswerDestination Destination, Uri Address);
