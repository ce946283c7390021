using AuthCore.Clients;
using AuthCore.Consent;
using AuthCore.Registration;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Database.Sqlite;

public sealed class RowInsertTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
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
    public async Task A_client_is_stored_as_Entity_Framework_stores_it()
    {
        var server = await shared.EmptiedAsync();
        await server.WriteAsync(async unit =>
        {
            await unit.InsertAsync(Client("full", unit.Now, full: true));
            await unit.InsertAsync(Client("bare", unit.Now, full: false));
            unit.Db.Clients().AddRange(Client("full by EF", unit.Now, full: true), Client("bare by EF", unit.Now, full: false));
            return await unit.Db.SaveChangesAsync();
        });
        var rows = await server.WriteAsync(unit => RowsAsync(unit, "Clients"));
        rows.Count.ShouldBe(4);
        rows["full"].ShouldBe(rows["full by EF"]);
        rows["bare"].ShouldBe(rows["bare by EF"]);
    }

    [Fact]
    public async Task A_second_row_with_the_same_key_fails_where_it_may_not_be_passed_over()
    {
        var server = await shared.EmptiedAsync();
        await server.WriteAsync(Insert);
        await Should.ThrowAsync<DbUpdateException>(() => server.WriteAsync(Insert));

        static async Task<bool> Insert(WriteUnit unit)
        {
            await unit.InsertAsync(Client("one", unit.Now, full: false));
            return true;
        }
    }

    private static Client Client(string clientId, DateTimeOffset now, bool full) => new()
    {
        ClientId = clientId,
        Name = "It's a \"client\"",
        NameHid = full,
        Origin = ClientOrigin.Dynamic,
        AuthMethod = "none",
        SecretHash = full ? "a hash" : null,
        RedirectUris = ["http://127.0.0.1/a", "https://client.example/ü"],
        GrantTypes = full ? ["authorization_code", "refresh_token"] : [],
        Scope = full ? "read:secret" : null,
        ApplicationType = "native",
        Metadata = full ? "{\"a\":1}" : null,
        Size = 512,
        CreatedAt = now,
        CreatedFrom = full ? "192.0.2.1" : null,
        LastGrantedAt = full ? now.AddSeconds(1) : null,
        DisabledAt = full ? now.AddSeconds(2) : null,
    };

    /// <summary>What the file holds, value by value with its storage class, without the key.</summary>
    private static async Task<Dictionary<string, string>> RowsAsync(WriteUnit unit, string table)
    {
        await using var command = unit.Connection.CreateCommand();
        command.Transaction = unit.Transaction;
        command.CommandText = $"SELECT * FROM \"{table}\"";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new Dictionary<string, string>();
        while (await reader.ReadAsync())
        {
            rows[reader.GetString(reader.GetOrdinal("ClientId"))] = string.Join(
                '|', Enumerable.Range(0, reader.FieldCount).Where(column => reader.GetName(column) != "ClientId").Select(column => $"{reader.GetName(column)}:{reader.GetValue(column).GetType().Name}={reader.GetValue(column)}"));
        }

        return rows;
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
