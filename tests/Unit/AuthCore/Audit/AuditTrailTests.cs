using AuthCore.Audit;
using AuthCore.Grants;
using AuthCore.Keys;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Audit;

public class AuditTrailTests
{
    [Fact]
    public async Task Facts_recorded_in_parallel_make_one_chain_without_gaps()
    {
        await using var server = await AuthServer.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => server.Get<IWriteLane>().RecordAsync(new TestDone("actor", $"{i}"))));
        await using var db = server.Read();
        var lines = await db.Facts().OrderBy(line => line.Sequence).ToListAsync();
        lines.Select(line => (line.Sequence, line.Number)).ShouldBe(Enumerable.Range(1, 200).Select(i => ((long)i, (long)i)));
        lines.Select(line => line.Writer).Distinct().ShouldHaveSingleItem().ShouldNotBeEmpty();
        await IntactAsync(server);
    }

    [Theory]
    [InlineData("UPDATE Facts SET Actor = 'another actor' WHERE Sequence = 2", 2)]
    [InlineData("UPDATE Facts SET Data = NULL WHERE Sequence = 3", 3)]
    [InlineData("UPDATE Facts SET Name = 'test.undone' WHERE Sequence = 3", 3)]
    [InlineData("UPDATE Facts SET Detail = 'put in later' WHERE Sequence = 2", 2)]
    [InlineData("UPDATE Facts SET Address = '203.0.113.1' WHERE Sequence = 2", 2)]
    [InlineData("UPDATE Facts SET Actor = 'actorsub', Subject = 'ject' WHERE Sequence = 2", 2)]
    [InlineData("UPDATE Facts SET At = At + 1 WHERE Sequence = 1", 1)]
    [InlineData("UPDATE Facts SET At = 9223372036854775807 WHERE Sequence = 2", 2)]
    [InlineData("UPDATE Facts SET At = -9223372036854775808 WHERE Sequence = 2", 2)]
    [InlineData("DELETE FROM Facts WHERE Sequence = 2", 3)]
    [InlineData("DELETE FROM Facts WHERE Sequence = 1", 2)]
    public async Task A_line_that_was_changed_or_taken_out_is_found(string tampering, long broken)
    {
        await using var server = await AuthServer.StartAsync();
        await RecordAsync(server, 4);
        await server.WriteAsync(unit => unit.Db.Database.ExecuteSqlRawAsync(tampering));
        var chain = (await server.Get<AuditVerifier>().VerifyAsync()).Chains.ShouldHaveSingleItem();
        (chain.Finding, chain.At).ShouldBe((AuditFinding.Broken, broken));
    }

    [Theory]
    [InlineData("DELETE FROM Facts WHERE Sequence = 4", 3L)]
    [InlineData("DELETE FROM Facts WHERE Sequence > 1", 1L)]
    [InlineData("DELETE FROM Facts", null)]
    public async Task Lines_that_were_cut_off_the_end_are_missed(string tampering, long? last)
    {
        await using var server = await AuthServer.StartAsync();
        await RecordAsync(server, 4);
        await server.WriteAsync(unit => unit.Db.Database.ExecuteSqlRawAsync(tampering));
        var chain = (await server.Get<AuditVerifier>().VerifyAsync()).Chains.ShouldHaveSingleItem();
        (chain.Finding, chain.At).ShouldBe((AuditFinding.CutOff, last));
    }

    [Fact]
    public async Task A_cut_is_still_told_after_a_restart_has_written_more()
    {
        var server = await AuthServer.StartAsync();
        await RecordAsync(server, 4);
        await server.WriteAsync(unit => unit.Db.Facts().Where(line => line.Sequence > 2).ExecuteDeleteAsync());
        await using var next = await server.RestartAsync();
        await RecordAsync(next, 3);

        var report = await next.Get<AuditVerifier>().VerifyAsync();
        report.Chains.Select(chain => (chain.Finding, chain.Lines)).ShouldBe([(AuditFinding.CutOff, 2L), (AuditFinding.Intact, 3L)]);
        report.IsIntact.ShouldBeFalse();
    }

    [Fact]
    public async Task A_restart_goes_on_with_the_chain()
    {
        var server = await AuthServer.StartAsync();
        await RecordAsync(server, 2);
        await using var next = await server.RestartAsync();
        await RecordAsync(next, 2);
        (await next.Get<AuditVerifier>().VerifyAsync()).Chains.ShouldHaveSingleItem().ShouldBe(new AuditChainReport(await WriterAsync(next), 4, AuditFinding.Intact, null));
    }

    [Fact]
    public async Task Who_has_no_key_cannot_make_a_line_that_follows()
    {
        await using var server = await AuthServer.StartAsync();
        await RecordAsync(server, 2);
        await server.WriteAsync(async unit =>
        {
            var first = await unit.Db.Facts().AsNoTracking().SingleAsync(line => line.Sequence == 1);
            var forged = AuditHash.Keyed(new byte[32], AuditHash.Beginning, first);
            return await unit.Db.Facts().Where(line => line.Sequence == 1).ExecuteUpdateAsync(set => set.SetProperty(line => line.Hash, forged));
        });

        (await server.Get<AuditVerifier>().VerifyAsync()).Chains.ShouldHaveSingleItem().At.ShouldBe(1);
    }

    [Fact]
    public async Task A_line_of_another_history_of_the_same_writer_does_not_follow()
    {
        await using var server = await AuthServer.StartAsync();
        await RecordAsync(server, 3);
        await server.WriteAsync(async unit =>
        {
            // As a copy of this database would have written it after another first line, with the same key.
            var second = await unit.Db.Facts().AsNoTracking().SingleAsync(line => line.Sequence == 2);
            var elsewhere = AuditHash.Keyed(AuditChain.KeyOf(server.Get<MasterKey>()), AuditHash.Beginning, second);
            return await unit.Db.Facts().Where(line => line.Sequence == 2).ExecuteUpdateAsync(set => set.SetProperty(line => line.Hash, elsewhere));
        });

        (await server.Get<AuditVerifier>().VerifyAsync()).Chains.ShouldHaveSingleItem().At.ShouldBe(2);
    }

    [Fact]
    public async Task A_fact_of_a_unit_that_failed_is_not_there_and_the_chain_goes_on()
    {
        await using var server = await AuthServer.StartAsync();
        await server.Get<IWriteLane>().RecordAsync(new TestDone("first", "subject"));
        await Should.ThrowAsync<InvalidOperationException>(() => server.WriteAsync<int>(unit =>
        {
            unit.Record(new TestDone("second", "subject"));
            throw new InvalidOperationException("after the fact");
        }));
        await server.Get<IWriteLane>().RecordAsync(new TestDone("third", "subject"));
        await using var db = server.Read();
        (await db.Facts().OrderBy(line => line.Sequence).Select(line => line.Actor).ToListAsync()).ShouldBe(["first", "third"]);
        await IntactAsync(server);
    }

    [Fact]
    public async Task A_commit_that_failed_after_a_line_was_stored_leaves_no_hole()
    {
        await using var server = await AuthServer.StartAsync();
        await RecordAsync(server, 1);
        await Should.ThrowAsync<StorageBusyException>(() => server.WriteAsync(async unit =>
        {
            // A lineage row of no family, with the check put off until the commit.
            await unit.Db.Database.ExecuteSqlAsync($"PRAGMA defer_foreign_keys = ON");
            unit.Db.Generations().Add(new FamilyGeneration { FamilyId = "none", Generation = 1, At = unit.Now, Outcome = GenerationOutcome.Issued });
            unit.Record(new TestDone("lost", "subject"));
            return await unit.Db.SaveChangesAsync();
        }));
        await RecordAsync(server, 1);
        await IntactAsync(server);
    }

    [Fact]
    public async Task A_line_that_is_refused_leaves_no_hole()
    {
        await using var server = await AuthServer.StartAsync();
        await RecordAsync(server, 1);
        await server.WriteAsync(unit => unit.Db.Database.ExecuteSqlRawAsync("CREATE TRIGGER broken BEFORE INSERT ON Facts WHEN NEW.Actor = 'broken' BEGIN SELECT RAISE(ABORT, 'not now'); END"));
        await Should.ThrowAsync<DbUpdateException>(() => server.Get<IWriteLane>().RecordAsync(new TestDone("broken", "subject")));
        await RecordAsync(server, 1);
        await IntactAsync(server);
    }

    [Fact]
    public async Task A_fact_is_read_back_as_it_was_recorded()
    {
        await using var server = await AuthServer.StartAsync();
        var fact = new TestDone("actor", "subject", "Grüße, \"quoted\" and \u0001 controlled");
        await server.Get<IWriteLane>().RecordAsync(fact);
        await using var db = server.Read();
        server.Get<FactCatalog>().Read(await db.Facts().SingleAsync()).ShouldBe(fact);
    }

    [Fact]
    public async Task A_viewer_finds_lines_by_what_is_in_them_and_wildcards_are_only_characters()
    {
        await using var server = await AuthServer.StartAsync();
        var viewer = await server.AddPersonAsync("viewer@app.example", Roles.Viewer);
        var audit = server.Get<IAuditTrail>();
        await server.Get<IWriteLane>().RecordAsync(new TestDone("alice", "family-1", "100% sure"));
        await server.Get<IWriteLane>().RecordAsync(new TestDone("bob", "bob", "1000 times"));
        (await audit.ListAsync(viewer, new ListQuery<AuditSort> { Search = "ALICE" })).Rows.ShouldHaveSingleItem().Subject.ShouldBe("family-1");
        (await audit.ListAsync(viewer, new ListQuery<AuditSort> { Search = "100%" })).Total.ShouldBe(1);
        (await audit.ListAsync(viewer, new ListQuery<AuditSort> { Search = "_" })).Total.ShouldBe(0);
        var newestFirst = await audit.ListAsync(viewer, new ListQuery<AuditSort> { Take = 1 });
        newestFirst.Rows.ShouldHaveSingleItem().Fact.ShouldBe(new TestDone("bob", "bob", "1000 times"));
        newestFirst.Total.ShouldBe(2);
        await Should.ThrowAsync<AccessDeniedException>(async () => await audit.ListAsync(await server.AddPersonAsync("p@app.example"), new ListQuery<AuditSort>()));
    }

    private static async Task RecordAsync(AuthServer server, int facts)
    {
        for (var i = 0; i < facts; i++)
        {
            await server.Get<IWriteLane>().RecordAsync(new TestDone("actor", "subject", "words"));
        }
    }

    private static async Task IntactAsync(AuthServer server) =>
        (await server.Get<AuditVerifier>().VerifyAsync()).Chains.ShouldHaveSingleItem().Finding.ShouldBe(AuditFinding.Intact);

    private static async Task<string> WriterAsync(AuthServer server)
    {
        await using var db = server.Read();
        return await db.Facts().Select(line => line.Writer).FirstAsync();
    }
}
