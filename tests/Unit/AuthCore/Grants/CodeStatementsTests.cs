using System.Reflection;
using AuthCore.Clients;
using AuthCore.Grants;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Grants;

/// <summary>The hot statements against Entity Framework, on the same rows.</summary>
public sealed class CodeStatementsTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_code_is_read_as_Entity_Framework_reads_it_whatever_it_holds(bool redeemed)
    {
        var server = await shared.EmptiedAsync();
        await AddAsync(server, redeemed, server.Time.GetUtcNow().AddMinutes(1));
        var (read, expected) = await server.WriteAsync(async unit => ((await unit.FindCodeAsync("a hash")).ShouldNotBeNull(), await unit.Db.Codes().AsNoTracking().SingleAsync()));
        Properties(read).ShouldBe(Properties(expected));
        Properties(read).Count(property => property.EndsWith('=')).ShouldBe(redeemed ? 0 : 2);
        (await server.WriteAsync(unit => unit.FindCodeAsync("another"))).ShouldBeNull();
    }

    [Theory]
    [InlineData("a family")]
    [InlineData(null)]
    public async Task A_code_is_redeemed_once_and_nothing_else_of_it_changes(string? familyId)
    {
        var server = await shared.EmptiedAsync();
        var code = await AddAsync(server, redeemed: false, server.Time.GetUtcNow().AddMinutes(1));
        (await server.WriteAsync(unit => unit.TryRedeemCodeAsync(code.Hash, familyId))).ShouldBeTrue();
        (await server.WriteAsync(unit => unit.TryRedeemCodeAsync(code.Hash, "another family"))).ShouldBeFalse();
        (code.RedeemedAt, code.FamilyId) = (server.Time.GetUtcNow(), familyId);
        await using var db = server.Read();
        Properties(await db.Codes().SingleAsync()).ShouldBe(Properties(code));
    }

    [Fact]
    public async Task A_code_that_expires_now_is_not_redeemed()
    {
        var server = await shared.EmptiedAsync();
        var code = await AddAsync(server, redeemed: false, server.Time.GetUtcNow());
        (await server.WriteAsync(unit => unit.TryRedeemCodeAsync(code.Hash, "a family"))).ShouldBeFalse();
    }

    [Fact]
    public async Task Only_the_client_that_was_granted_something_is_marked()
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync("one");
        await server.AddClientAsync("other");
        await server.WriteAsync(async unit =>
        {
            await unit.MarkGrantedAsync("one");
            return true;
        });
        await using var db = server.Read();
        (await db.Clients().OrderBy(client => client.ClientId).Select(client => client.LastGrantedAt).ToListAsync()).ShouldBe([server.Time.GetUtcNow(), null]);
    }

    private static Task<AuthorizationCode> AddAsync(AuthServer server, bool redeemed, DateTimeOffset expiresAt) => server.WriteAsync(async unit =>
    {
        var code = new AuthorizationCode
        {
            Hash = "a hash",
            ClientId = "a client",
            UserId = "a person",
            RedirectUri = "http://127.0.0.1/callback",
            CodeChallenge = "a challenge",
            Resource = "https://resource.example/mcp",
            Scopes = "read:secret write",
            Refreshable = true,
            AuthenticatedAt = unit.Now.AddMinutes(-2),
            ExpiresAt = expiresAt,
            RedeemedAt = redeemed ? unit.Now.AddSeconds(-3) : null,
            FamilyId = redeemed ? "a family" : null,
        };
        unit.Db.Codes().Add(code);
        await unit.Db.SaveChangesAsync();
        return code;
    });

    /// <summary>Every property, with its value as text.</summary>
    private static string[] Properties(object row) =>
        [.. row.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => $"{property.Name}={property.GetValue(row)}")];
}
