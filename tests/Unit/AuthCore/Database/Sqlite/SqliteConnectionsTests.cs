using AuthCore.Consent;
using AuthCore.Database.Sqlite;
using AuthCore.Grants;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Database.Sqlite;

public sealed class SqliteConnectionsTests : IAsyncLifetime
{
    private const int SqliteReadOnly = 8;

    private AuthServer _server = null!;

    public async Task InitializeAsync() => _server = await AuthServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_reading_connection_cannot_write()
    {
        await using var db = _server.Read();
        var refused = await Should.ThrowAsync<SqliteException>(() => db.Database.ExecuteSqlAsync($"INSERT INTO AnsweredTickets VALUES ('t', 1)"));
        refused.SqliteErrorCode.ShouldBe(SqliteReadOnly);
    }

    [Fact]
    public async Task The_lane_is_the_last_to_close_so_that_nothing_is_left_to_check_in()
    {
        (await _server.Get<IReadDatabase>().FindFamilyAsync("nobody")).ShouldBeNull();
        await SavePersonAsync("ana@example.org");
        var log = _server.Get<SqliteDatabase>().FilePath + "-wal";
        File.Exists(log).ShouldBeTrue();
        await _server.Get<IHost>().StopAsync();
        File.Exists(log).ShouldBeFalse();
    }

    [Fact]
    public async Task It_may_be_closed_from_many_sides_at_once()
    {
        var person = (await _server.AddPersonAsync("ana@example.org")).UserId();
        await _server.WriteAsync(unit => unit.FindFamilyAsync(person));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _server.Get<SqliteStorage>().StoppedAsync(CancellationToken.None))));
    }

    [Fact]
    public async Task What_Identity_saves_survives_a_loss_of_power()
    {
        await using var scope = _server.Get<IServiceScopeFactory>().CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SqliteAuthDbContext>();
        await db.Database.OpenConnectionAsync();
        ((SqliteConnection)db.Database.GetDbConnection()).Scalar("PRAGMA synchronous").ShouldBe(2L, "FULL");
    }

    [Fact]
    public async Task A_connection_on_which_Identity_wrote_is_a_reading_one_again_in_the_hands_of_a_reader()
    {
        for (var turn = 0; turn < 3; turn++)
        {
            await SavePersonAsync($"person-{turn}@example.org");
            await using var db = _server.Read();
            (await db.Users().CountAsync()).ShouldBe(turn + 1);
            await Should.ThrowAsync<SqliteException>(() => db.Users().ExecuteDeleteAsync());
        }
    }

    [Fact]
    public async Task Identity_waits_with_its_save_until_the_lane_is_free()
    {
        var lane = _server.Get<SqliteWriteLane>();
        await lane.Writer.WaitAsync();
        var save = SavePersonAsync("ana@example.org");

        save.IsCompleted.ShouldBeFalse();
        (await CountUsersAsync()).ShouldBe(0);

        lane.Writer.Release();
        await save;
        (await CountUsersAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_save_that_fails_leaves_the_lane_free()
    {
        var lane = _server.Get<SqliteWriteLane>();
        await Should.ThrowAsync<DbUpdateException>(() => SaveAsync(db =>
        {
            // Two rows with the same unique name.
            db.Roles().Add(new IdentityRole("Twice") { NormalizedName = "TWICE" });
            db.Roles().Add(new IdentityRole("Twice") { NormalizedName = "TWICE" });
        }));
        await BeFreeAsync(lane);
    }

    [Fact]
    public async Task A_save_that_loses_to_a_newer_row_leaves_the_lane_free()
    {
        await SavePersonAsync("ana@example.org");
        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => SaveAsync(db =>
        {
            var person = db.Users().Single();
            db.Entry(person).Property(user => user.ConcurrencyStamp).OriginalValue = "an older one";
            person.AccessFailedCount = 7;
        }));
        await BeFreeAsync(_server.Get<SqliteWriteLane>());
    }

    [Fact]
    public async Task A_save_that_is_canceled_while_it_waits_takes_no_turn()
    {
        var lane = _server.Get<SqliteWriteLane>();
        using var impatient = new CancellationTokenSource();
        await lane.Writer.WaitAsync();
        var save = SaveAsync(db => db.Roles().Add(new IdentityRole("Late")), impatient.Token);
        await impatient.CancelAsync();
        await save.ShouldThrowAsync<OperationCanceledException>();

        lane.Writer.CurrentCount.ShouldBe(0, "it never had the turn, so it may not give it away");
        lane.Writer.Release();
        (await _server.WriteAsync(_ => Task.FromResult(true))).ShouldBeTrue();
    }

    [Fact]
    public async Task Identity_and_the_lane_write_side_by_side_without_ever_finding_the_database_locked()
    {
        var people = Enumerable.Range(0, 40).Select(index => Task.Run(() => SavePersonAsync($"person-{index}@example.org")));
        var tickets = Enumerable.Range(0, 400).Select(index => Task.Run(() => _server.WriteAsync(unit =>
            unit.Db.Database.ExecuteSqlAsync($"INSERT INTO AnsweredTickets VALUES ({index}, {long.MaxValue})"))));
        await Task.WhenAll(people.Concat(tickets));

        (await CountUsersAsync()).ShouldBe(40);
        await using var db = _server.Read();
        (await db.AnsweredTickets().CountAsync()).ShouldBe(400);
    }

    [Fact]
    public async Task A_busy_store_is_503_with_Retry_After_at_the_token_endpoint_and_nothing_is_spent()
    {
        var person = await _server.AddPersonAsync("ana@example.org");
        await _server.AddClientAsync();
        var code = await _server.CodeAsync(person);
        await _server.Get<SqliteWriteLane>().DisposeAsync();

        var answer = await _server.RedeemAsync(code);
        ((int)answer.StatusCode).ShouldBe(503);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(StorageBusyException.RetryAfterSeconds));
        (await answer.ErrorAsync()).ShouldBe("temporarily_unavailable");
        await using var db = _server.Read();
        (await db.Codes().SingleAsync()).RedeemedAt.ShouldBeNull();
    }

    /// <summary>What the host itself writes at its start may hold the turn for a moment.</summary>
    private async Task BeFreeAsync(SqliteWriteLane lane)
    {
        (await lane.Writer.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue("the turn was not given back");
        lane.Writer.CurrentCount.ShouldBe(0, "the turn was given back twice");
        lane.Writer.Release();
        (await _server.WriteAsync(_ => Task.FromResult(true))).ShouldBeTrue();
    }

    private Task<int> SavePersonAsync(string email) => SaveAsync(db => db.Users().Add(new AuthUser
    {
        UserName = email,
        NormalizedUserName = email.ToUpperInvariant(),
        CreatedAt = _server.Time.GetUtcNow(),
    }));

    private async Task<int> SaveAsync(Action<SqliteAuthDbContext> change, CancellationToken cancellationToken = default)
    {
        await using var scope = _server.Get<IServiceScopeFactory>().CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SqliteAuthDbContext>();
        change(db);
        return await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<int> CountUsersAsync()
    {
        await using var db = _server.Read();
        return await db.Users().CountAsync();
    }
}
