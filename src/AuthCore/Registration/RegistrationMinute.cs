using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthCore.Registration;

/// <summary>What a minute of registrations came to. What is told of a flood is told from here, so that telling costs no more than a row a minute.</summary>
internal sealed class RegistrationMinute
{
    /// <summary>The minute's beginning.</summary>
    public required DateTimeOffset Minute { get; init; }

    /// <summary>Clients that registered themselves.</summary>
    public int Registered { get; init; }

    /// <summary>Unused registrations that were dropped to make room.</summary>
    public int Dropped { get; init; }

    /// <summary>The bytes of those.</summary>
    public long DroppedBytes { get; init; }

    /// <summary>Whether log and audit trail have it.</summary>
    public bool Reported { get; init; }

    public static DateTimeOffset Of(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute), time.Offset);

    /// <summary>Adds one registration, and what it displaced, to its minute.</summary>
    /// <returns>How many registered in that minute so far, this one included.</returns>
    public static async Task<int> AddAsync(WriteUnit unit, int dropped, long droppedBytes)
    {
        var minute = Of(unit.Now);
        var added = await unit.Db.RegistrationMinutes().Where(row => row.Minute == minute).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Registered, row => row.Registered + 1)
            .SetProperty(row => row.Dropped, row => row.Dropped + dropped)
            .SetProperty(row => row.DroppedBytes, row => row.DroppedBytes + droppedBytes));
        if (added == 0)
        {
            await unit.TryInsertAsync(new RegistrationMinute { Minute = minute, Registered = 1, Dropped = dropped, DroppedBytes = droppedBytes });
        }

        return await unit.Db.RegistrationMinutes().Where(row => row.Minute == minute).Select(row => row.Registered).SingleAsync();
    }
}

internal sealed class RegistrationMinuteConfiguration : IEntityTypeConfiguration<RegistrationMinute>
{
    public void Configure(EntityTypeBuilder<RegistrationMinute> builder)
    {
        builder.ToTable("RegistrationMinutes").HasKey(minute => minute.Minute);
        builder.HasIndex(minute => minute.Reported);
    }
}

internal static class RegistrationTables
{
    public static DbSet<RegistrationMinute> RegistrationMinutes(this DbContext db) => db.Set<RegistrationMinute>();
}
