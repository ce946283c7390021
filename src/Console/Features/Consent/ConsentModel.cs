using AdminConsole.Shared;
using AuthCore.Authorize;
using AuthCore.Clients;
using AuthCore.Consent;
using AuthCore.ResourceServer;

namespace AdminConsole.Features.Consent;

/// <summary>What the consent page says, in words.</summary>
/// <param name="Request">What is asked, by whom.</param>
/// <param name="Ticket">The request as the client sent it here, for coming back to it.</param>
/// <param name="SignedInAs">Who is asked.</param>
/// <param name="Now">When the page is made.</param>
/// <param name="NothingChosen">Whether the last answer allowed without a single scope.</param>
public sealed record ConsentModel(ConsentRequest Request, string Ticket, string SignedInAs, DateTimeOffset Now, bool NothingChosen = false)
{
    private static readonly (ScopeRisk Risk, string Heading)[] Groups =
    [
        (ScopeRisk.Read, "Read"),
        (ScopeRisk.Change, "Make changes"),
        (ScopeRisk.Destructive, "Do what cannot be undone"),
        (ScopeRisk.Admin, "Administer this server"),
    ];

    /// <summary>How little is known about who asks.</summary>
    public string Identity => Request.Client.Origin switch
    {
        ClientOrigin.Preregistered => "Added by your administrator.",
        ClientOrigin.Dynamic => $"Registered itself {Age.Words(Request.Client.RegisteredAt, Now)} – not verified.",
    };

    public bool Verified => Request.Client.Origin is ClientOrigin.Preregistered;

    public string DestinationSuffix => Request.Destination.Kind switch
    {
        DestinationKind.ThisComputer => " on this computer",
        DestinationKind.Website => " on the web",
        DestinationKind.App => ", an app on this device",
    };

    public string? DestinationCaution => Request.Destination.Kind switch
    {
        DestinationKind.ThisComputer => "Any program on this computer could receive this access. Continue only if you just started this connection yourself.",
        DestinationKind.App => "Any app on this device can claim this link. Continue only if you just started this connection yourself.",
        DestinationKind.Website => null,
    };

    /// <summary>What is asked, the harmless first; staying connected is told apart.</summary>
    public IEnumerable<(string Heading, ScopeRisk Risk, ScopeDefinition[] Scopes)> ScopeGroups =>
        from @group in Groups
        let scopes = Request.Scopes.Where(scope => scope.Risk == @group.Risk && scope.Name != ScopeCatalog.OfflineAccess).ToArray()
        where scopes.Length > 0
        select (@group.Heading, @group.Risk, scopes);

    public ScopeDefinition? StayConnected => Request.Scopes.FirstOrDefault(scope => scope.Name == ScopeCatalog.OfflineAccess);

    /// <summary>How long it lasts, whatever is ticked.</summary>
    public string Lifetime => Request.ConnectionLifetime is { } connection
        ? $"The connection ends after {Age.Length(connection)} at the latest, or when you revoke it under Your connections. Each key it uses lives {Age.Length(Request.AccessTokenLifetime)}."
        : $"Access ends after {Age.Length(Request.AccessTokenLifetime)}, or when you revoke it under Your connections.";
}
