using System.Security.Claims;
using AuthCore.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace AdminConsole.Shared;

/// <summary>A page of the console: knows who looks at it. What it hides for want of a role, the directories refuse all the same.</summary>
public abstract class ConsolePage : ComponentBase
{
    private ClaimsPrincipal _person = new();

    [CascadingParameter]
    public Task<AuthenticationState> SignedIn { get; set; } = default!;

    protected bool MayOperate => May(Roles.Operator);

    protected bool MayAdminister => May(Roles.Administrator);

    protected override async Task OnParametersSetAsync() => _person = await CallerAsync();

    /// <summary>Who is signed in now: a role that was taken away is no longer there.</summary>
    protected async Task<ClaimsPrincipal> CallerAsync() => (await SignedIn).User;

    private bool May(string role) => Roles.AtLeast(role).Any(_person.IsInRole);
}
