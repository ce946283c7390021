using AuthCore.Storage;
using AuthCore.Storage.Facts;

namespace AuthCore.Registration;

/// <summary>A client registered itself (RFC 7591).</summary>
/// <param name="ClientId">The identifier that it was given.</param>
/// <param name="ClientName">What it calls itself: untrusted.</param>
/// <param name="AuthMethod">How it will authenticate.</param>
/// <param name="InFlood">Whether so many registered in this minute that they are told together.</param>
[FactName("client.registered")]
public sealed record ClientRegistered(string ClientId, string ClientName, string AuthMethod, bool InFlood) : Fact
{
    /// <inheritdoc/>
    public override string Actor => ClientId;

    /// <inheritdoc/>
    public override string Subject => ClientId;

    /// <inheritdoc/>
    public override ChangeTopics Topics => ChangeTopics.Clients;

    /// <inheritdoc/>
    public override bool IsKept => !InFlood;
}

/// <summary>What minutes with many registrations came to.</summary>
/// <param name="More">How many clients registered themselves beyond those that have a fact of their own.</param>
/// <param name="Dropped">How many unused registrations were dropped to make room.</param>
/// <param name="Bytes">Their size.</param>
[FactName("registrations.told")]
public sealed record RegistrationsTold(int More, int Dropped, long Bytes) : Fact
{
    /// <inheritdoc/>
    public override string Actor => FactActors.System;

    /// <inheritdoc/>
    public override string Subject => "registrations";
}

/// <summary>For this process: unused registrations were dropped to make room.</summary>
[FactName("registrations.dropped")]
internal sealed record RegistrationsDropped(int Count) : Fact
{
    public override string Actor => FactActors.System;

    public override string Subject => "registrations";

    public override ChangeTopics Topics => ChangeTopics.Clients;

    public override bool IsKept => false;
}

/// <summary>For this process: unused registrations were purged.</summary>
[FactName("registrations.purged")]
internal sealed record RegistrationsPurged(int Count) : Fact
{
    public override string Actor => FactActors.System;

    public override string Subject => "registrations";

    public override ChangeTopics Topics => ChangeTopics.Clients;

    public override bool IsKept => false;
}
