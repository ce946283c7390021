using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using AuthCore.Storage;
using Microsoft.Data.Sqlite;

namespace AuthCore.Database.Sqlite;

/// <summary>The hot statements of one connection, each prepared when it is first asked for. They end with the connection.</summary>
internal sealed class PreparedStatements(SqliteConnection connection)
{
    private readonly Dictionary<HotStatement, SqliteCommand> _commands = [];

    public SqliteConnection Connection => connection;

    /// <summary>The statement with these values for <c>@1</c>, <c>@2</c> and so on.</summary>
    public SqliteCommand Bind(HotStatement statement, SqliteTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(statement, out var command))
        {
            _commands[statement] = command = Prepare(statement, values.Length);
        }

        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command;
    }

    [SuppressMessage("ApiDesign", "RS0030", Justification = "A statement of a feature, as it is.")]
    private SqliteCommand Prepare(HotStatement statement, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement.Sql;
        for (var i = 1; i <= parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter(string.Create(CultureInfo.InvariantCulture, $"@{i}"), value: null));
        }

        return command;
    }
}
