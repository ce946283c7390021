using AuthCore.Audit;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Audit;

public class AuditTrailTests
{
    [Fact]
    public async Task Lines_appended_in_parallel_make_one_chain_without_gaps()
    {
        await using var server = await AuthServer.StartAsync();
        var trail = server.Get<AuditTrail>();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => trail.RecordAsync(new AuditEntry("test.done", "actor", $"{i}"))));
        await using var db = server.Read();
        var sequences = await db.AuditLines().OrderBy(line => line.Sequence).Select(line => line.Sequence).ToListAsync();
        sequences.ShouldBe(Enumerable.Range(1, 200).Select(i => (long)i));
        (await trail.FindBreakAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData("UPDATE AuditLines SET Actor = 'somebody else' WHERE Sequence = 2", 2)]
    [InlineData("UPDATE AuditLines SET Detail = NULL WHERE Sequence = 3", 3)]
    [InlineData("UPDATE AuditLines SET Address = '203.0.113.1' WHERE Sequence = 2", 2)]
    [InlineData("UPDATE AuditLines SET Actor = 'actorsub', Subject = 'ject' WHERE Sequence = 2", 2)]
    [InlineData("UPDATE AuditLines SET At = At + 1 WHERE Sequence = 1", 1)]
    [InlineData("DELETE FROM AuditLines WHERE Sequence = 2", 2)]
    [InlineData("DELETE FROM AuditLines WHERE Sequence = 1", 1)]
    public async Task A_line_that_was_changed_or_taken_out_is_found(string tampering, long broken)
    {
        await using var server = await AuthServer.StartAsync();
        var trail = server.Get<AuditTrail>();
        for (var i = 0; i < 4; i++)
        {
            await trail.RecordAsync(new AuditEntry("test.done", "actor", "subject", "detail"));
        }

        await server.WriteAsync(unit => unit.Db.Database.ExecuteSqlRawAsync(tampering));
        (await trail.FindBreakAsync()).ShouldBe(broken);
    }

    [Fact]
    public async Task A_line_that_was_changed_together_with_its_own_proof_is_found_at_the_next()
    {
        await using var server = await AuthServer.StartAsync();
        var trail = server.Get<AuditTrail>();
        await trail.RecordAsync(new AuditEntry("test.done", "actor", "subject"));
        await trail.RecordAsync(new AuditEntry("test.done", "actor", "subject"));
        await server.WriteAsync(async unit =>
        {
            var first = await unit.Db.AuditLines().AsNoTracking().SingleAsync(line => line.Sequence == 1);
            var forged = AuditHash.Of(AuditHash.Beginning, 1, first.At, first.Action, "somebody else", first.Subject, first.Detail, new AuditSource(first.Address, first.CorrelationId));
            return await unit.Db.AuditLines().Where(line => line.Sequence == 1)
                .ExecuteUpdateAsync(set => set.SetProperty(line => line.Actor, "somebody else").SetProperty(line => line.Hash, forged));
        });

        (await trail.FindBreakAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task A_line_of_a_unit_that_failed_is_not_there_and_the_chain_goes_on()
    {
        await using var server = await AuthServer.StartAsync();
        var trail = server.Get<AuditTrail>();
        await trail.RecordAsync(new AuditEntry("first.done", "actor", "subject"));
        await Should.ThrowAsync<InvalidOperationException>(() => server.WriteAsync<int>(async unit =>
        {
            await trail.AppendAsync(unit, AuditSource.Host, new AuditEntry("second.done", "actor", "subject"));
            throw new InvalidOperationException("after the line");
        }));
        await trail.RecordAsync(new AuditEntry("third.done", "actor", "subject"));
        await using var db = server.Read();
        (await db.AuditLines().OrderBy(line => line.Sequence).Select(line => line.Action).ToListAsync()).ShouldBe(["first.done", "third.done"]);
        (await trail.FindBreakAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_detail_is_cut_and_nobody_without_a_role_reads_it()
    {
        await using var server = await AuthServer.StartAsync();
        await server.Get<AuditTrail>().RecordAsync(new AuditEntry("test.done", "actor", "subject", new string('x', 5_000)));
        await using var db = server.Read();
        (await db.AuditLines().Select(line => line.Detail!.Length).SingleAsync()).ShouldBe(500);

        var person = await server.AddPersonAsync("ana@example.org");
        await Should.ThrowAsync<AccessDeniedException>(() => server.Get<IAuditTrail>().ListAsync(person, new ListQuery<AuditSort>()));
    }

    [Fact]
    public async Task A_viewer_finds_lines_by_what_is_in_them_and_wildcards_are_only_characters()
    {
        await using var server = await AuthServer.StartAsync();
        var viewer = await server.AddPersonAsync("viewer@app.example", Roles.Viewer);
        var audit = server.Get<IAuditTrail>();
        await audit.RecordAsync(new AuditEntry("family.revoked", "alice", "family-1", "100% sure"));
        await audit.RecordAsync(new AuditEntry("login.failed", "bob", "bob", "1000 times"));
        (await audit.ListAsync(viewer, new ListQuery<AuditSort> { Search = "ALICE" })).Rows.ShouldHaveSingleItem().Subject.ShouldBe("family-1");
        (await audit.ListAsync(viewer, new ListQuery<AuditSort> { Search = "100%" })).Total.ShouldBe(1);
        (await audit.ListAsync(viewer, new ListQuery<AuditSort> { Search = "_" })).Total.ShouldBe(0);
        var newestFirst = await audit.ListAsync(viewer, new ListQuery<AuditSort> { Take = 1 });
        newestFirst.Rows.ShouldHaveSingleItem().Action.ShouldBe("login.failed");
        newestFirst.Total.ShouldBe(2);
        await Should.ThrowAsync<AccessDeniedException>(async () => await audit.ListAsync(await server.AddPersonAsync("p@app.example"), new ListQuery<AuditSort>()));
    }
}
