using System.Data.Common;

namespace AuthCore.Storage;

/// <summary>Reads columns of hot statements as the model stores them.</summary>
internal static class StoredValues
{
    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>A time is milliseconds since the Unix epoch (<see cref="UnixMilliseconds"/>).</summary>
    public static DateTimeOffset Time(this DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? TimeOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);
}
