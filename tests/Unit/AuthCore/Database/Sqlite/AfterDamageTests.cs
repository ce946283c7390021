using AuthCore.Database.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace UnitTests.AuthCore.Database.Sqlite;

public sealed class AfterDamageTests : IDisposable
{
    private const int Corrupt = 11;
    private const int Constraint = 19;

    private readonly DbContext _db = new(new DbContextOptionsBuilder().UseSqlite("Data Source=:memory:").Options);
    private int _checks;
    private int _asked;

    private IExecutionStrategy Strategy => new AfterDamage(_db, new TelemetryFile("/nowhere.db")
    {
        CheckAsync = () =>
        {
            _checks++;
            return Task.CompletedTask;
        },
    });

    public void Dispose() => _db.Dispose();

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_query_that_meets_damage_has_it_looked_at_and_is_asked_once_more(bool async)
    {
        (await RunAsync(async, () => ++_asked == 1 ? throw new SqliteException("damaged", Corrupt) : "rows")).ShouldBe("rows");
        (_checks, _asked).ShouldBe((1, 2));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Damage_that_stays_and_other_failures_are_told(bool async)
    {
        await Should.ThrowAsync<SqliteException>(() => RunAsync(async, () => throw new SqliteException("damaged for good", Corrupt)));
        await Should.ThrowAsync<SqliteException>(() => RunAsync(async, () => throw new SqliteException("mistaken", Constraint)));
        _checks.ShouldBe(1);
    }

    private async Task<string> RunAsync(bool async, Func<string> query) => async
        ? await Strategy.ExecuteAsync(query, (_, asked, _) => Task.Run(asked), verifySucceeded: null)
        : Strategy.Execute(query, (_, asked) => asked(), verifySucceeded: null);
}
