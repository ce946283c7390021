using System.Text.Json;
using ModelContextProtocol;

namespace McpEndpoint.Confirmation;

/// <summary>Every sentence and every object that a confirmation can be answered with.</summary>
internal static class ConfirmationTexts
{
    public static readonly ConfirmationResult.NotDone NotFound =
        new("This confirmation token is not known, or was issued to another user or connection. Call the tool again to get a new preview.");

    public static readonly ConfirmationResult.NotDone Expired =
        new("This confirmation token has expired and nothing was done. Call the tool again to get a new preview.");

    public static readonly ConfirmationResult.NotDone AlreadyUsed =
        new("This confirmation token was already used with another idempotency key. Call the tool again to get a new preview.");

    public static readonly ConfirmationResult.NotDone KeyConflict =
        new("This idempotency key was already used for another confirmation and nothing was done. Use a new key.");

    public static readonly ConfirmationResult.NotDone StillRunning =
        new("This action is being carried out. Call confirm_request again with the same token for its result.");

    public static readonly ConfirmationResult.NotDone AccessLost =
        new("The connection was revoked or its access token expired before the action was carried out, and nothing was done. Sign in and call the tool again.");

    public static readonly ConfirmationResult.NotDone ScopeLost =
        new("This access token may no longer do this, and nothing was done. Ask for the scopes that the tool needs.");

    public static readonly ConfirmationResult.NotDone ToolGone =
        new("The tool that prepared this action is no longer here, and nothing was done.");

    public const string Unknown =
        "The action was confirmed, but its outcome is unknown. It is not run again: check whether it was carried out before you prepare a new one.";

    /// <summary>Nothing was done, for the reason given.</summary>
    public static string Failed(string reason) => $"{reason} Nothing was done; the tool can be called again for a new preview.";

    /// <summary>It failed on the way; only the tool itself could tell how far it came.</summary>
    public static string ExternallyFailed(string reason) => $"{reason} Check whether anything was done before you call the tool again for a new preview.";

    /// <summary>What is stored and replayed when an action was carried out.</summary>
    public static string Done(string tool, object result) =>
        JsonSerializer.Serialize(new { status = "done", tool, result }, McpJsonUtilities.DefaultOptions);
}
