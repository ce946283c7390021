using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AuthCore.Storage;

/// <summary>Stores a time as milliseconds since the Unix epoch. What no time has is read as the nearest: one row that somebody changed must not keep the others from being read.</summary>
public sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
    time => time.ToUnixTimeMilliseconds(),
    milliseconds => FromStored(milliseconds))
{
    private static readonly long First = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    internal static DateTimeOffset FromStored(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, First, Last));
}
