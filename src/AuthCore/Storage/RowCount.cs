using Microsoft.EntityFrameworkCore;

namespace AuthCore.Storage;

/// <summary>How many rows a list has, counted only as far as somebody may read: an exact count of a million costs more than the page.</summary>
/// <param name="Total">As many as were counted.</param>
/// <param name="More">There are more.</param>
internal readonly record struct RowCount(int Total, bool More)
{
    /// <summary>How far is counted beyond the rows that are passed over.</summary>
    public const int Far = 10_000;

    /// <summary>Whether all of them can be sorted while somebody waits. A longer list is read along the index of the column that it is sorted by.</summary>
    public bool AreFew => !More && Total <= Far;
}

internal static class Counting
{
    public static async Task<RowCount> CountAsync<T>(this IQueryable<T> rows, int skip, CancellationToken cancellationToken)
        where T : class
    {
        var most = (int)Math.Min((long)skip + RowCount.Far, int.MaxValue - 1);
        var counted = await rows.Take(most + 1).CountAsync(cancellationToken);
        return new RowCount(Math.Min(counted, most), counted > most);
    }
}
