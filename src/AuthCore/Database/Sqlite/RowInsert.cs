using System.Globalization;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace AuthCore.Database.Sqlite;

/// <summary>How a row of one table is inserted by one prepared statement. Table, columns and conversions are those of the model, so that it is what Entity Framework writes.</summary>
internal sealed class RowInsert
{
    private readonly IProperty[] _columns;

    private RowInsert(DbContext db, IEntityType type)
    {
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        var sql = db.GetService<ISqlGenerationHelper>();
        // A number that the database gives is not given here.
        _columns = [.. type.GetProperties().Where(property => !(property.IsPrimaryKey() && property.ValueGenerated == ValueGenerated.OnAdd))];
        var insert = $"INSERT INTO {sql.DelimitIdentifier(table.Name)} ({Names(_columns)}) VALUES ({string.Join(", ", _columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"@{i + 1}")))})";
        Always = new HotStatement(insert);
        UnlessThere = new HotStatement($"{insert} ON CONFLICT ({Names(type.FindPrimaryKey()!.Properties)}) DO NOTHING");

        string Names(IEnumerable<IProperty> properties) => string.Join(", ", properties.Select(property => sql.DelimitIdentifier(property.GetColumnName(table)!)));
    }

    /// <summary>Fails where there is a row with the same key.</summary>
    public HotStatement Always { get; }

    /// <summary>Leaves the row with the same key alone.</summary>
    public HotStatement UnlessThere { get; }

    /// <exception cref="InvalidOperationException">The type has no table.</exception>
    public static RowInsert Of(DbContext db, Type row) => new(db, db.Model.FindEntityType(row) ?? throw new InvalidOperationException($"{row.Name} has no table."));

    /// <summary>A row's values as they are stored, for either statement.</summary>
    public object?[] ValuesOf(object row) => Array.ConvertAll(_columns, column =>
    {
        var value = column.GetGetter().GetClrValue(row);
        return value is not null && column.GetRelationalTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
    });
}
