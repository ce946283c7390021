using System.Threading.Channels;
using AuthCore.Grants;
using AuthCore.Hooks;
using AuthCore.Registration;

namespace Embedder;

/// <summary>Where the host's people read what goes on.</summary>
public interface IChat
{
    Task SayAsync(string line, CancellationToken cancellationToken);

    Task<string> ReadAsync(CancellationToken cancellationToken);
}

internal sealed class Chat : IChat
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public Task SayAsync(string line, CancellationToken cancellationToken) => _lines.Writer.WriteAsync(line, cancellationToken).AsTask();

    public Task<string> ReadAsync(CancellationToken cancellationToken) => _lines.Reader.ReadAsync(cancellationToken).AsTask();
}

internal sealed class TellTheChat(IChat chat) : IFactHook<FamilyRevoked>
{
    public Task HandleAsync(FamilyRevoked fact, FactContext context, CancellationToken cancellationToken) =>
        chat.SayAsync($"{fact.FamilyId} was revoked by {fact.Actor} at {context.At:u}", cancellationToken);
}

internal sealed class GreetTheClient(IChat chat) : IFactHook<ClientRegistered>
{
    public Task HandleAsync(ClientRegistered fact, FactContext context, CancellationToken cancellationToken) =>
        chat.SayAsync($"{fact.ClientName} has come", cancellationToken);
}

internal sealed class OnlyOurHosts : IDecisionHook<RegisteringClient>
{
    public ValueTask<Verdict> DecideAsync(RegisteringClient decision, CancellationToken cancellationToken) =>
        new(decision.RedirectUris.All(uri => uri.StartsWith("https://ours.example/", StringComparison.Ordinal)) ? Verdict.Allow : Verdict.Refuse("foreign_redirect"));
}
