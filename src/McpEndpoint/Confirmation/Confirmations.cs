using System.Text.Json;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using McpEndpoint.Tools;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;

namespace McpEndpoint.Confirmation;

/// <summary>Prepares actions and has them carried out, each at most once.</summary>
internal sealed class Confirmations(
    PendingActions pending, IEnumerable<TwoPhaseTool> tools, TransactionalRunner transactional, ExternalRunner external, ILogger<Confirmations> logger)
{
    /// <summary>How long a person may think.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Stores what a tool will do, and makes the preview that its caller is answered with.</summary>
    public async Task<JsonElement> PrepareAsync(string tool, string arguments, string summary, AccessGrant grant, CancellationToken cancellationToken)
    {
        var token = OpaqueToken.Create();
        var digest = ToolArguments.Digest(arguments);
        DateTimeOffset expiresAt = default;
        await pending.AddAsync(
            now => new PendingAction
            {
                TokenHash = token.Hash().Value,
                Tool = tool,
                Arguments = arguments,
                ArgumentsDigest = digest,
                Summary = summary,
                UserId = grant.UserId,
                ClientId = grant.ClientId,
                FamilyId = grant.FamilyId,
                CreatedAt = now,
                ExpiresAt = expiresAt = now + Lifetime,
            },
            cancellationToken);
        Log.ActionPrepared(logger, tool, token.Hash(), grant.FamilyId);
        return JsonSerializer.SerializeToElement(
            new { status = "preview", tool, summary, confirmationToken = token.Reveal(), expiresAt }, McpJsonUtilities.DefaultOptions);
    }

    /// <summary>Carries out what the token stands for, or answers as it was answered before.</summary>
    public async Task<ConfirmationResult> ConfirmAsync(string token, string? key, Caller caller, CancellationToken cancellationToken)
    {
        var confirmation = new Confirmation(TokenHash.Of(token), key, caller);
        if (await pending.FindToolAsync(confirmation.Hash, caller, cancellationToken) is not { } name)
        {
            return ConfirmationTexts.NotFound;
        }

        if (tools.FirstOrDefault(candidate => candidate.Definition.Name == name) is not { } tool)
        {
            return ConfirmationTexts.ToolGone;
        }

        // The gate has asked before dispatch; the guard asks only for confirm_request, so a call that came some other way is refused here.
        if (tool.Definition.Access.Decide(caller.Grant) is not AccessDecision.Allowed)
        {
            return ConfirmationTexts.ScopeLost;
        }

        return await tool.Match(
            here => transactional.RunAsync(here, confirmation, cancellationToken),
            outside => external.RunAsync(outside, confirmation, cancellationToken));
    }
}

/// <summary>One call of <c>confirm_request</c>.</summary>
internal sealed record Confirmation(TokenHash Hash, string? Key, Caller Caller);
