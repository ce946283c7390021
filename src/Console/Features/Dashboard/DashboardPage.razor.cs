using AdminConsole.Shared;
using AdminConsole.Shared.Lists;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.AspNetCore.Components;

namespace AdminConsole.Features.Dashboard;

public sealed partial class DashboardPage : IDisposable
{
    private const ChangeTopics Topics = ChangeTopics.Clients | ChangeTopics.Families | ChangeTopics.Activity | ChangeTopics.Audit | ChangeTopics.AuditCheck;

    private DashboardNumbers? _numbers;
    private Follower? _follower;
    private string? _trouble;

    [Inject]
    internal DashboardReader Reader { get; set; } = default!;

    [Inject]
    internal IChangeFeed Feed { get; set; } = default!;

    [Inject]
    internal TimeProvider Clock { get; set; } = default!;

    [Inject]
    internal ILogger<DashboardPage> Logger { get; set; } = default!;

    public void Dispose() => _follower?.Dispose();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _follower = new Follower(Feed, Topics, Clock, () => InvokeAsync(ReadAsync));
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        try
        {
            _numbers = await Reader.ReadAsync(await CallerAsync());
            _trouble = null;
        }
        catch (AccessDeniedException)
        {
            _follower?.Dispose();
            (_numbers, _trouble) = (null, "Your role no longer allows this. An administrator can give it back to you under Users.");
        }
        catch (Exception exception) when (Logger.KnowsAsStorageTrouble(exception, "the dashboard"))
        {
            _trouble = "The database did not answer. What you see may be old; it is tried again with the next change.";
        }

        StateHasChanged();
    }
}
