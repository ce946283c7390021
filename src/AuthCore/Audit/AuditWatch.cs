using AuthCore.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthCore.Audit;

/// <summary>
/// Checks the audit trail when the host has started, once a day, and when it is asked to; one check at a time. Keeps what the last one found. A check reads beside the
/// host's work and outlives whatever storage throws: the next one tries again.
/// </summary>
internal sealed class AuditWatch(AuditVerifier verifier, ChangeFeed changes, TimeProvider time, ILogger<AuditWatch> logger) : BackgroundService
{
    public static readonly TimeSpan Period = TimeSpan.FromDays(1);

    private readonly Lock _one = new();
    private readonly SemaphoreSlim _wanted = new(1);
    private TaskCompletionSource _check = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _underWay = true;
    private bool _stopped;
    private volatile AuditState _state = new AuditState.Running(0, null);

    public AuditState State => _state;

    /// <summary>Asks for a check, or joins the one that is under way. Ends without an exception, whatever becomes of it.</summary>
    public Task CheckAsync()
    {
        lock (_one)
        {
            if (!_underWay && !_stopped)
            {
                _underWay = true;
                _check = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                Became(new AuditState.Running(0, _state.Report));
                _wanted.Release();
            }

            return _check.Task;
        }
    }

    public override void Dispose()
    {
        _wanted.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var daily = time.CreateTimer(_ => _ = CheckAsync(), null, Period, Period);
        try
        {
            while (true)
            {
                await _wanted.WaitAsync(stoppingToken);
                await RunAsync(stoppingToken);
                Ended(stopped: false);
            }
        }
        finally
        {
            Ended(stopped: true);
        }
    }

    private void Ended(bool stopped)
    {
        lock (_one)
        {
            (_underWay, _stopped) = (false, stopped);
            _check.TrySetResult();
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        var before = _state.Report;
        try
        {
            var report = await verifier.VerifyAsync(lines => Became(new AuditState.Running(lines, before)), stopping);
            Became(new AuditState.Done(report));
            Tell(report);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next start checks again.
        }
        catch (Exception exception)
        {
            Became(new AuditState.Failed(time.GetUtcNow(), exception.Message, before));
            Log.CheckFailed(logger, exception);
        }
    }

    private void Became(AuditState state)
    {
        _state = state;
        changes.Publish(ChangeTopics.AuditCheck);
    }

    private void Tell(AuditReport report)
    {
        foreach (var chain in report.Chains)
        {
            if (chain.Finding is AuditFinding.Broken or AuditFinding.CutOff)
            {
                Log.NotIntact(logger, chain.Writer, chain.Finding, chain.At);
            }
            else if (chain.Finding is AuditFinding.EndUnknown)
            {
                Log.EndUnknown(logger, chain.Writer, chain.Lines);
            }
            else if (chain.Finding is AuditFinding.OtherKey)
            {
                Log.OtherKey(logger, chain.Writer, chain.Lines);
            }
        }

        if (report.IsIntact)
        {
            Log.Intact(logger, report.Lines, report.Chains.Count);
        }
    }
}
