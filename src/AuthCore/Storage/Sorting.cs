using System.Linq.Expressions;

namespace AuthCore.Storage;

/// <summary>Sorts by a column in either direction.</summary>
internal static class Sorting
{
    public static IOrderedQueryable<T> By<T, TKey>(this IQueryable<T> rows, Expression<Func<T, TKey>> column, bool descending) =>
        descending ? rows.OrderByDescending(column) : rows.OrderBy(column);

    public static IOrderedQueryable<T> ThenBy<T, TKey>(this IOrderedQueryable<T> rows, Expression<Func<T, TKey>> column, bool descending) =>
        descending ? rows.ThenByDescending(column) : rows.ThenBy(column);
}
