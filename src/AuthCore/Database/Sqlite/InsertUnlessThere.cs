using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace AuthCore.Database.Sqlite;

/// <summary>One statement that inserts a row or leaves the one with its key alone. Table, columns and conversions are those of the model.</summary>
internal static class InsertUnlessThere
{
    /// <returns>Whether the row was inserted.</returns>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "The provider's own SQL.")]
    public static async Task<bool> RunAsync<T>(DbContext db, T row, SqliteConnection connection, SqliteTransaction transaction)
        where T : class
    {
        var type = db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} has no table.");
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        var sql = db.GetService<ISqlGenerationHelper>();
        var columns = type.GetProperties().ToArray();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        for (var i = 0; i < columns.Length; i++)
        {
            var value = columns[i].GetGetter().GetClrValue(row);
            command.Parameters.Add(columns[i].GetRelationalTypeMapping().CreateParameter(command, $"@p{i}", value, columns[i].IsNullable));
        }

        command.CommandText =
            $"INSERT INTO {sql.DelimitIdentifier(table.Name)} ({Names(columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))}) "
            + $"ON CONFLICT ({Names(type.FindPrimaryKey()!.Properties)}) DO NOTHING";
        return await command.ExecuteNonQueryAsync() == 1;

        string Names(IEnumerable<IProperty> properties) => string.Join(", ", properties.Select(property => sql.DelimitIdentifier(property.GetColumnName(table)!)));
    }
}
