using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AuthCore.Storage;

/// <summary>Stores a time as milliseconds since the Unix epoch.</summary>
public sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
    time => time.ToUnixTimeMilliseconds(),
    milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
