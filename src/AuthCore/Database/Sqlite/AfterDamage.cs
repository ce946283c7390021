using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AuthCore.Database.Sqlite;

/// <summary>
/// Every reading connection has the telemetry file attached, and damage there must not fail a list: a query that meets damage has that file looked at, and
/// begun anew if it is the one, and is asked once more.
/// </summary>
internal sealed class AfterDamage(DbContext context, TelemetryFile telemetry) : IExecutionStrategy
{
    /// <summary>Not in EF Core's sense: it would hold whole results in memory first.</summary>
    public bool RetriesOnFailure => false;

    public TResult Execute<TState, TResult>(
        TState state, Func<DbContext, TState, TResult> operation, Func<DbContext, TState, ExecutionResult<TResult>>? verifySucceeded)
    {
        try
        {
            return operation(context, state);
        }
        catch (SqliteException exception) when (exception.IsDamage() || exception.LacksTable())
        {
            telemetry.CheckAsync().GetAwaiter().GetResult();
            return operation(context, state);
        }
    }

    public async Task<TResult> ExecuteAsync<TState, TResult>(
        TState state, Func<DbContext, TState, CancellationToken, Task<TResult>> operation,
        Func<DbContext, TState, CancellationToken, Task<ExecutionResult<TResult>>>? verifySucceeded, CancellationToken cancellationToken = default)
    {
        try
        {
            return await operation(context, state, cancellationToken);
        }
        catch (SqliteException exception) when (exception.IsDamage() || exception.LacksTable())
        {
            await telemetry.CheckAsync();
            return await operation(context, state, cancellationToken);
        }
    }
}
