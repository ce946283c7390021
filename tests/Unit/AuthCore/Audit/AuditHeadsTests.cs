using AuthCore.Audit;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Audit;

/// <summary>The file beside the database that says where chains ended: whatever is in it, a check ends with an answer, and so does a commit.</summary>
public sealed class AuditHeadsTests
{
    private const string Hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("""[{"Writer":null,"Number":1,"Hash":null}]""")]
    [InlineData("""[{"Writer":"","Number":1,"Hash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}]""")]
    [InlineData("""[{"Writer":"ab","Number":-5,"Hash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}]""")]
    [InlineData("""[{"Writer":"ab","Number":1,"Hash":"AA=="}]""")]
    [InlineData($$"""[{"Writer":"ab","Number":1,"Hash":"{{Hash}}"},{"Writer":"ab","Number":2,"Hash":"{{Hash}}"}]""")]
    public async Task A_file_that_cannot_have_been_written_here_says_nothing(string json)
    {
        var server = await AuthServer.StartAsync();
        await RecordAsync(server);
        await File.WriteAllTextAsync(Path.Combine(server.DataDirectory, AuditHeads.FileName), json);
        await using var next = await server.RestartAsync();
        (await FindingsAsync(next)).ShouldBe([AuditFinding.EndUnknown]);
        await RecordAsync(next);
        (await FindingsAsync(next)).ShouldBe([AuditFinding.EndUnknown, AuditFinding.Intact]);
        next.Get<AuditHeads>().Read().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_chain_from_before_the_master_key_was_replaced_is_not_said_to_be_broken()
    {
        var server = await AuthServer.StartAsync();
        await RecordAsync(server);
        await using var next = await WithAnotherKeyAsync(server);
        (await FindingsAsync(next)).ShouldBe([AuditFinding.OtherKey]);
        await RecordAsync(next);
        await RecordAsync(next);
        (await File.ReadAllTextAsync(Path.Combine(next.DataDirectory, AuditHeads.FileName))).ShouldMatch(
            """^\[{"Writer":"[0-9a-f]{8}","Number":1,"Hash":"[^"]{44}","Key":"[0-9a-f]{16}"},{"Writer":"[0-9a-f]{8}","Number":2,"Hash":"[^"]{44}","Key":"[0-9a-f]{16}"}\]$""");
        var report = await next.Get<AuditVerifier>().VerifyAsync();
        report.Chains.Select(chain => (chain.Finding, chain.Lines)).ShouldBe([(AuditFinding.OtherKey, 1L), (AuditFinding.Intact, 2L)]);
        report.IsIntact.ShouldBeTrue();
    }

    [Theory]
    [InlineData("DELETE FROM Facts WHERE Number = 3", AuditFinding.CutOff)]
    [InlineData("DELETE FROM Facts WHERE Number = 2", AuditFinding.Broken)]
    [InlineData("UPDATE Facts SET Writer = 'another' WHERE Number = 3", AuditFinding.CutOff)]
    public async Task What_is_missing_from_it_is_still_noticed(string tampering, AuditFinding found)
    {
        var server = await AuthServer.StartAsync();
        await RecordAsync(server);
        await RecordAsync(server);
        await RecordAsync(server);
        await server.WriteAsync(unit => unit.Db.Database.ExecuteSqlRawAsync(tampering));
        await using var next = await WithAnotherKeyAsync(server);
        (await FindingsAsync(next))[0].ShouldBe(found);
    }

    [Fact]
    public async Task Only_the_file_can_say_that_a_chain_is_of_another_key()
    {
        await using var server = await AuthServer.StartAsync();
        await RecordAsync(server);
        await RecordAsync(server);
        await server.WriteAsync(unit => unit.Db.Database.ExecuteSqlRawAsync("UPDATE Facts SET Actor = 'somebody else'"));
        (await FindingsAsync(server)).ShouldBe([AuditFinding.Broken]);
    }

    /// <summary>As docs/operating.md has it.</summary>
    private static async Task<AuthServer> WithAnotherKeyAsync(AuthServer server)
    {
        await server.WriteAsync(unit => unit.Db.Database.ExecuteSqlRawAsync("DELETE FROM SigningKeys; DELETE FROM DataProtectionKeys;"));
        return await server.RestartAsync(("Keys:MasterKey", Convert.ToBase64String(new byte[32])));
    }

    private static Task RecordAsync(AuthServer server) => server.Get<IWriteLane>().RecordAsync(new TestDone("actor", "subject"));

    private static async Task<IReadOnlyList<AuditFinding>> FindingsAsync(AuthServer server) =>
        [.. (await server.Get<AuditVerifier>().VerifyAsync()).Chains.Select(chain => chain.Finding)];
}
