using System.Linq.Expressions;
using System.Reflection;

namespace AuthCore.Storage;

/// <summary>Conditions that rows are tested by where they are met, and never looked up by. The provider translates it; it has no meaning outside a query.</summary>
internal static class Sieve
{
    private static readonly MethodInfo Method = typeof(Sieve).GetMethod(nameof(Passes))!;

    /// <exception cref="InvalidOperationException">It was called outside a query.</exception>
    public static bool Passes(bool condition) => throw new InvalidOperationException($"'{condition}' is tested in a query only.");

    /// <summary>Leaves the rows in the order that they are read in, which decides what index is walked, and passes over those that do not meet the condition.</summary>
    public static IQueryable<T> Sift<T>(this IQueryable<T> rows, Expression<Func<T, bool>> condition) =>
        rows.Where(Expression.Lambda<Func<T, bool>>(Expression.Call(Method, condition.Body), condition.Parameters));
}
