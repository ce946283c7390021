using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using AuthCore.Storage;
using Microsoft.Data.Sqlite;

namespace AuthCore.Database.Sqlite;

/// <summary>Reading connections that keep their statements prepared, rented for one statement at a time. They see the durable file only, and cannot write.</summary>
internal sealed class PreparedReaders(Func<SqliteConnection> open) : IDisposable
{
    /// <summary>A statement takes microseconds, so that more than this are hardly ever in use at once.</summary>
    private static readonly int Most = Environment.ProcessorCount * 2;

    private readonly ConcurrentQueue<PreparedStatements> _idle = [];
    private volatile bool _over;

    /// <summary>The first row of what a statement finds; null when it finds none.</summary>
    public T? First<T>(HotStatement statement, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
        where T : class
    {
        var reader = _idle.TryDequeue(out var idle) ? idle : new PreparedStatements(open());
        try
        {
            using var row = reader.Bind(statement, transaction: null, values).ExecuteReader();
            return row.Read() ? read(row) : null;
        }
        catch
        {
            // Whatever state it is in, the next one begins with another.
            reader.Connection.Dispose();
            throw;
        }
        finally
        {
            Return(reader);
        }
    }

    public void Dispose()
    {
        _over = true;
        while (_idle.TryDequeue(out var idle))
        {
            idle.Connection.Dispose();
        }
    }

    private void Return(PreparedStatements reader)
    {
        if (_over || _idle.Count >= Most)
        {
            reader.Connection.Dispose();
        }
        else if (reader.Connection.State == ConnectionState.Open)
        {
            _idle.Enqueue(reader);
        }
    }
}
