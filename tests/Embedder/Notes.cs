using System.Collections.Concurrent;

namespace Embedder;

/// <summary>What the host had before it had an MCP server.</summary>
public interface INotes
{
    Task<IReadOnlyList<string>> OfAsync(string person);

    Task<bool> ExistsAsync(string person, string id, CancellationToken cancellationToken);

    Task DeleteAsync(string person, string id, CancellationToken cancellationToken);
}

internal sealed class Notes : INotes
{
    private readonly ConcurrentDictionary<(string Person, string Id), bool> _ids = new();

    public Task<IReadOnlyList<string>> OfAsync(string person) =>
        Task.FromResult<IReadOnlyList<string>>([.. _ids.Keys.Where(note => note.Person == person).Select(note => note.Id)]);

    public Task<bool> ExistsAsync(string person, string id, CancellationToken cancellationToken) => Task.FromResult(_ids.ContainsKey((person, id)));

    public Task DeleteAsync(string person, string id, CancellationToken cancellationToken)
    {
        _ids.TryRemove((person, id), out _);
        return Task.CompletedTask;
    }
}
