using AuthCore.Audit;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Audit;

/// <summary>What the fact <c>audit.end_accepted</c> makes the trail forget, and what it does not.</summary>
public sealed class AcceptedEndTests
{
    [Fact]
    public async Task An_accepted_end_is_not_asked_for_any_more()
    {
        var server = await AuthServer.StartAsync();
        var cut = await CutAsync(server);
        await using var next = await server.RestartAsync();
        await next.Get<IWriteLane>().RecordAsync(new AuditEndAccepted(cut, 4, 2));
        (await FindingsAsync(next)).ShouldBe([(AuditFinding.EndUnknown, 2L), (AuditFinding.Intact, 1L)]);

        await using var later = await next.RestartAsync();
        await later.Get<IWriteLane>().RecordAsync(new TestDone("actor", "subject"));
        (await FindingsAsync(later)).ShouldBe([(AuditFinding.EndUnknown, 2L), (AuditFinding.Intact, 2L)]);
    }

    [Fact]
    public async Task An_end_is_accepted_after_others_have_written_too()
    {
        var server = await AuthServer.StartAsync();
        var cut = await CutAsync(server);
        await using var next = await server.RestartAsync();
        await next.Get<IWriteLane>().RecordAsync(new TestDone("actor", "subject"));
        await next.Get<IWriteLane>().RecordAsync(new AuditEndAccepted(cut, 4, 2));
        await next.Get<IWriteLane>().RecordAsync(new TestDone("actor", "subject"));
        (await FindingsAsync(next)).ShouldBe([(AuditFinding.EndUnknown, 2L), (AuditFinding.Intact, 3L)]);
    }

    [Fact]
    public async Task A_unit_that_failed_accepts_nothing()
    {
        var server = await AuthServer.StartAsync();
        var cut = await CutAsync(server);
        await using var next = await server.RestartAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => next.WriteAsync<int>(unit =>
        {
            unit.Record(new AuditEndAccepted(cut, 4, 2));
            throw new InvalidOperationException("after the fact");
        }));
        await next.Get<IWriteLane>().RecordAsync(new TestDone("actor", "subject"));
        (await FindingsAsync(next)).ShouldBe([(AuditFinding.CutOff, 2L), (AuditFinding.Intact, 1L)]);
    }

    [Fact]
    public async Task A_broken_chain_stays_broken()
    {
        var server = await AuthServer.StartAsync();
        var cut = await CutAsync(server);
        await server.WriteAsync(unit => unit.Db.Database.ExecuteSqlRawAsync("UPDATE Facts SET Actor = 'somebody else' WHERE Sequence = 1"));
        await using var next = await server.RestartAsync();
        await next.Get<IWriteLane>().RecordAsync(new AuditEndAccepted(cut, 4, 2));
        (await FindingsAsync(next)).ShouldBe([(AuditFinding.Broken, 2L), (AuditFinding.Intact, 1L)]);
    }

    /// <returns>The writer of the chain that has two of its four lines.</returns>
    private static async Task<string> CutAsync(AuthServer server)
    {
        for (var i = 0; i < 4; i++)
        {
            await server.Get<IWriteLane>().RecordAsync(new TestDone("actor", "subject"));
        }

        await server.WriteAsync(unit => unit.Db.Facts().Where(line => line.Sequence > 2).ExecuteDeleteAsync());
        return (await server.Get<AuditVerifier>().VerifyAsync()).Chains.ShouldHaveSingleItem().Writer;
    }

    private static async Task<IEnumerable<(AuditFinding Finding, long Lines)>> FindingsAsync(AuthServer server) =>
        (await server.Get<AuditVerifier>().VerifyAsync()).Chains.Select(chain => (chain.Finding, chain.Lines));
}
