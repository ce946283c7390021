using AuthCore.Clients.Names;

namespace AdminConsole.Features.Account;

/// <summary>What the login page says.</summary>
/// <param name="Action">Where the form posts to.</param>
/// <param name="ClientName">The client that waits for this sign-in, by the name it gave itself.</param>
/// <param name="Email">What was typed the last time.</param>
/// <param name="Refused">Whether the last attempt failed.</param>
/// <param name="SessionEnded">Whether an open page led here, because its session has ended.</param>
public sealed record LoginModel(string Action, ClientName? ClientName, string? Email = null, bool Refused = false, bool SessionEnded = false);
