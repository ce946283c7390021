using System.Security.Claims;
using AdminConsole.Shared;
using AuthCore.Audit;
using AuthCore.Grants;
using AuthCore.ResourceServer;
using AuthCore.Revocation;
using AuthCore.Storage;
using AuthCore.Users;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using UnitTests.AuthCore.TestKit;
using UnitTests.Console.Shared.Lists;
using UnitTests.TestKit;

namespace UnitTests.Console.Features;

/// <summary>A browser on a console page, with directories that remember what they were asked.</summary>
internal sealed class ConsoleContext : BunitContext
{
    public ConsoleContext(string role)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddRadzenComponents();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton<IChangeFeed>(Feed);
        Services.AddSingleton<ITokenFamilyDirectory>(Families);
        Services.AddSingleton<IRevocationService>(Revocations);
        Services.AddSingleton(new ScopeCatalog([]));
        Services.AddScoped<Confirm>();
        Services.AddScoped<ConsoleAction>();
        Services.AddScoped<RevokeFlow>();
        var authorization = this.AddAuthorization();
        authorization.SetAuthorized("olga@example.org");
        authorization.SetRoles(role);
        authorization.SetPolicies([.. Roles.All.TakeWhile(lesser => lesser != role), role]);
    }

    /// <summary>The pages of a person with an account, over what is really stored.</summary>
    public ConsoleContext(AuthServer server, ClaimsPrincipal person, string role)
        : this(role)
    {
        Services.AddSingleton(server.Get<ITokenFamilyDirectory>());
        Services.AddSingleton(server.Get<IRevocationService>());
        Services.AddSingleton(server.Get<IAuditTrail>());
        Services.AddSingleton<TimeProvider>(server.Time);
        this.AddAuthorization().SetAuthorized("olga@example.org").SetRoles(role).SetPolicies([.. Roles.All]).SetClaims([.. person.Claims]);
    }

    public ManualTime Clock { get; } = new();

    public ManualFeed Feed { get; } = new();

    public FamiliesInMemory Families { get; } = new();

    public RevocationsInMemory Revocations { get; } = new();

    public DialogService Dialogs => Services.GetRequiredService<DialogService>();

    public IReadOnlyList<NotificationMessage> Notes => Services.GetRequiredService<NotificationService>().Messages;

    public NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();
}
