using System.Globalization;
using AuthCore.Audit;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthCore.Registration;

/// <summary>Once a minute, tells log and audit trail in one line what the minutes before came to, if registrations were dropped or too many to be told one by one.</summary>
internal sealed class RegistrationReport(
    IReadDatabase database, IWriteLane lane, AuditTrail audit, TimeProvider time, ILogger<RegistrationReport> logger) : BackgroundService
{
    /// <summary>Registrations of one minute that have a line of their own in the audit trail, which is kept for ever.</summary>
    public const int ToldOneByOne = 30;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>Tells what has not been told of minutes that are over.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = database.Open();
        if (await Due(db, now).AnyAsync(cancellationToken))
        {
            await lane.WriteAsync(TellAsync, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await TellAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                Log.ReportFailed(logger, exception);
            }
        }
    }

    private static IQueryable<RegistrationMinute> Due(DbContext db, DateTimeOffset now)
    {
        var current = RegistrationMinute.Of(now);
        return db.RegistrationMinutes().Where(minute => !minute.Reported && minute.Minute < current);
    }

    private async Task<bool> TellAsync(WriteUnit unit)
    {
        var minutes = await Due(unit.Db, unit.Now).AsNoTracking().ToListAsync();
        var (more, dropped, bytes) = (minutes.Sum(minute => Math.Max(0, minute.Registered - ToldOneByOne)), minutes.Sum(minute => minute.Dropped), minutes.Sum(minute => minute.DroppedBytes));
        if (more > 0 || dropped > 0)
        {
            await audit.AppendAsync(unit, AuditSource.Host, new AuditEntry("registrations.told", "system", "registrations", string.Create(
                CultureInfo.InvariantCulture, $"{more} more clients registered themselves than were listed; {dropped} unused registrations ({bytes} bytes) were dropped to make room")));
            unit.OnCommitted(() => Log.Dropped(logger, more, dropped, bytes));
        }

        await Due(unit.Db, unit.Now).ExecuteUpdateAsync(set => set.SetProperty(minute => minute.Reported, true));
        var old = unit.Now - Kept;
        await unit.Db.RegistrationMinutes().Where(minute => minute.Minute < old).ExecuteDeleteAsync();
        return true;
    }
}
