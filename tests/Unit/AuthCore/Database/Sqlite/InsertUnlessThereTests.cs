using AuthCore.Consent;
using AuthCore.Registration;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Database.Sqlite;

public sealed class InsertUnlessThereTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    [Fact]
    public async Task A_row_is_inserted_once_and_reads_back_as_it_was()
    {
        var server = await shared.EmptiedAsync();
        var expiresAt = DateTimeOffset.FromUnixTimeMilliseconds(server.Time.GetUtcNow().ToUnixTimeMilliseconds() + 123);
        var first = await server.WriteAsync(unit => unit.TryInsertAsync(new AnsweredTicket { TicketId = "it's", ExpiresAt = expiresAt }));
        var second = await server.WriteAsync(unit => unit.TryInsertAsync(new AnsweredTicket { TicketId = "it's", ExpiresAt = expiresAt.AddDays(1) }));
        (first, second).ShouldBe((true, false));
        await using var db = server.Read();
        (await db.AnsweredTickets().SingleAsync()).ExpiresAt.ShouldBe(expiresAt);
    }

    [Fact]
    public async Task Of_many_who_try_at_once_one_inserts()
    {
        var server = await shared.EmptiedAsync();
        var inserted = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            server.WriteAsync(unit => unit.TryInsertAsync(new AnsweredTicket { TicketId = "one", ExpiresAt = unit.Now }))));
        inserted.Count(did => did).ShouldBe(1);
    }

    [Fact]
    public async Task A_minute_of_registrations_adds_up()
    {
        var server = await shared.EmptiedAsync();
        (await server.WriteAsync(unit => RegistrationMinute.AddAsync(unit, dropped: 0, droppedBytes: 0))).ShouldBe(1);
        (await server.WriteAsync(unit => RegistrationMinute.AddAsync(unit, dropped: 2, droppedBytes: 300))).ShouldBe(2);
        await using var db = server.Read();
        var minute = await db.RegistrationMinutes().SingleAsync();
        (minute.Registered, minute.Dropped, minute.DroppedBytes, minute.Reported).ShouldBe((2, 2, 300, false));
    }
}
