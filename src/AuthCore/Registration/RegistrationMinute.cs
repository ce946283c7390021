using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthCore.Registration;

/// <summary>What a minute of registrations came to. What is told of a flood is told from here, so that telling costs no more than a row a minute.</summary>
internal sealed class RegistrationMinute
{
    private static readonly HotStatement AddOne = new("""
        UPDATE "RegistrationMinutes" SET "Registered" = "Registered" + 1, "Dropped" = "Dropped" + @2, "DroppedBytes" = "DroppedBytes" + @3
        WHERE "Minute" = @1 RETURNING "Registered"
        """);

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
        if (await unit.Prepared(AddOne, minute.ToUnixTimeMilliseconds(), dropped, droppedBytes).ExecuteScalarAsync() is long registered)
        {
            return (int)registered;
        }

        await unit.InsertAsync(new RegistrationMinute { Minute = minute, Registered = 1, Dropped = dropped, DroppedBytes = droppedBytes });
        return 1;
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
