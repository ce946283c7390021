using AdminConsole.Shared;
using AdminConsole.Shared.Lists;
using AuthCore.Audit;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.AspNetCore.Components;

namespace AdminConsole.Features.Audit;

public sealed partial class TrailState : IDisposable
{
    private AuditState? _state;
    private Follower? _follower;
    private string? _trouble;

    [Inject]
    internal IAuditTrail Trail { get; set; } = default!;

    [Inject]
    internal ConsoleAction Action { get; set; } = default!;

    [Inject]
    internal IChangeFeed Feed { get; set; } = default!;

    [Inject]
    internal TimeProvider Clock { get; set; } = default!;

    [Inject]
    internal ILogger<TrailState> Logger { get; set; } = default!;

    public void Dispose() => _follower?.Dispose();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _follower = new Follower(Feed, ChangeTopics.AuditCheck, Clock, () => InvokeAsync(ReadAsync));
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        try
        {
            _state = await Trail.StateAsync(await CallerAsync());
            _trouble = null;
        }
        catch (AccessDeniedException)
        {
            _follower?.Dispose();
            (_state, _trouble) = (null, "Your role no longer allows this.");
        }
        catch (Exception exception) when (Logger.KnowsAsStorageTrouble(exception, "the state of the audit trail"))
        {
            _trouble = "The database did not answer: whether the trail is intact is not known.";
        }

        StateHasChanged();
    }

    private async Task CheckAsync()
    {
        _state = new AuditState.Running(0, _state?.Report);
        await Action.RunAsync(async () =>
        {
            _state = await Trail.VerifyAsync(await CallerAsync());
            return null;
        });
        await ReadAsync();
    }
}
