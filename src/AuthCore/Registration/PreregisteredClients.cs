using System.Data.Common;
using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Hosting;
using AuthCore.Protocol;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Registration;

/// <summary>
/// Brings the stored clients in line with the configuration before the host listens: adds and changes those that are there, disables those that
/// are not any more. One that an operator disabled stays disabled.
/// </summary>
internal sealed class PreregisteredClients(
    IOptions<PreregisteredClientOptions> options, ILogger<PreregisteredClients> logger)
    : IStorageParticipant
{
    public Task MigrateAsync(DbConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="BrokenSetupException">A client that registered itself has the identifier of a configured one.</exception>
    public async Task StartAsync(IWriteLane lane, CancellationToken cancellationToken)
    {
        await lane.WriteAsync(ApplyAsync, cancellationToken);
        if (options.Value.Clients.Count > 0)
        {
            Log.Preregistered(logger, options.Value.Clients.Count);
        }
    }

    private async Task<bool> ApplyAsync(WriteUnit unit)
    {
        foreach (var configured in options.Value.Clients)
        {
            await UpsertAsync(unit, configured);
        }

        var kept = options.Value.Clients.Select(client => client.ClientId).ToArray();
        var gone = await unit.Db.Clients()
            .Where(client => client.Origin == ClientOrigin.Preregistered && client.DisabledAt == null && !kept.Contains(client.ClientId))
            .Select(client => client.ClientId).ToListAsync();
        foreach (var clientId in gone)
        {
            await unit.DisableClientAsync(clientId, FactActors.Configuration);
        }

        return true;
    }

    private static async Task UpsertAsync(WriteUnit unit, PreregisteredClient configured)
    {
        var client = await unit.Db.Clients().SingleOrDefaultAsync(client => client.ClientId == configured.ClientId);
        if (client is { Origin: not ClientOrigin.Preregistered })
        {
            throw new BrokenSetupException($"Clients: ClientId '{configured.ClientId}' belongs to a client that registered itself. Choose another.");
        }

        if (client is null)
        {
            client = new Client
            {
                ClientId = configured.ClientId,
                Name = configured.Name,
                Origin = ClientOrigin.Preregistered,
                AuthMethod = configured.EffectiveAuthMethod,
                RedirectUris = [],
                GrantTypes = [],
                ApplicationType = "web",
                CreatedAt = unit.Now,
            };
            unit.Db.Clients().Add(client);
        }

        client.Name = configured.Name;
        client.AuthMethod = configured.EffectiveAuthMethod;
        client.SecretHash = configured.Secret is { } secret ? TokenHash.Of(secret).Value : null;
        client.RedirectUris = [.. configured.RedirectUris];
        client.GrantTypes = [.. configured.EffectiveGrantTypes];
        client.Scope = string.IsNullOrEmpty(configured.Scope) ? null : configured.Scope;
        if (unit.Db.ChangeTracker.HasChanges())
        {
            await unit.Db.SaveChangesAsync();
            unit.Record(new ClientConfigured(client.ClientId, client.Name));
        }
    }
}
