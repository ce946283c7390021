using AuthCore.Storage;
using AuthCore.Storage.Facts;

namespace AuthCore.Clients;

/// <summary>A client was disabled: nothing of it is accepted any more.</summary>
/// <param name="ClientId">Which.</param>
/// <param name="Actor">The operator, or <c>configuration</c> when it was taken out of the settings.</param>
/// <param name="FamilyIds">The families that were revoked in this unit; of a client with very many, the others follow in more of these.</param>
/// <param name="Codes">How many codes on their way to it were invalidated.</param>
[FactName("client.disabled")]
public sealed record ClientDisabled(string ClientId, string Actor, IReadOnlyList<string> FamilyIds, int Codes) : Fact
{
    /// <inheritdoc/>
    public override string Actor { get; } = Actor;

    /// <inheritdoc/>
    public override string Subject => ClientId;

    /// <inheritdoc/>
    public override ChangeTopics Topics => ChangeTopics.Clients;
}

/// <summary>A disabled client was enabled. What was revoked stays revoked.</summary>
/// <param name="ClientId">Which.</param>
/// <param name="Actor">The operator.</param>
[FactName("client.enabled")]
public sealed record ClientEnabled(string ClientId, string Actor) : Fact
{
    /// <inheritdoc/>
    public override string Actor { get; } = Actor;

    /// <inheritdoc/>
    public override string Subject => ClientId;

    /// <inheritdoc/>
    public override ChangeTopics Topics => ChangeTopics.Clients;
}

/// <summary>A client of the settings was added or changed.</summary>
/// <param name="ClientId">Which.</param>
/// <param name="ClientName">Its name.</param>
[FactName("client.configured")]
public sealed record ClientConfigured(string ClientId, string ClientName) : Fact
{
    /// <inheritdoc/>
    public override string Actor => FactActors.Configuration;

    /// <inheritdoc/>
    public override string Subject => ClientId;

    /// <inheritdoc/>
    public override ChangeTopics Topics => ChangeTopics.Clients;
}
