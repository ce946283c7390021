namespace AuthCore.Storage;

/// <summary>
/// A statement of a hot path, which the lane prepares once and runs again and again. Stands beside the entity that it is about, in a file of its feature; everything rare
/// goes through Entity Framework. Standard SQL with quoted names, so that every provider takes it as it is.
/// </summary>
/// <param name="sql">With parameters <c>@1</c>, <c>@2</c> and so on.</param>
internal sealed class HotStatement(string sql)
{
    /// <summary>The text.</summary>
    public string Sql { get; } = sql;
}
