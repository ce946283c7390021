using System.Reflection;
using AuthCore.Grants;
using AuthCore.Http;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Grants;

/// <summary>The hot statements against Entity Framework, on the same rows.</summary>
public sealed class FamilyStatementsTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    private static readonly RequestSource Source = new("198.51.100.7", "A client's agent");

    [Fact]
    public async Task A_family_is_read_as_Entity_Framework_reads_it_whatever_it_holds()
    {
        var server = await shared.EmptiedAsync();
        var (full, bare) = (Full(server.Time.GetUtcNow()), Bare(server.Time.GetUtcNow()));
        await server.WriteAsync(unit =>
        {
            unit.Db.Families().AddRange(full, bare);
            return unit.Db.SaveChangesAsync();
        });
        foreach (var familyId in new[] { full.FamilyId, bare.FamilyId })
        {
            var (read, expected) = await server.WriteAsync(async unit =>
                ((await unit.FindFamilyAsync(familyId)).Family.ShouldNotBeNull(), await unit.Db.Families().AsNoTracking().SingleAsync(row => row.FamilyId == familyId)));
            Properties(read).ShouldBe(Properties(expected));
            Properties((await server.Get<IReadDatabase>().FindFamilyAsync(familyId)).ShouldNotBeNull()).ShouldBe(Properties(expected));
        }

        Properties(full).Where(property => property.EndsWith('=')).ShouldBeEmpty("a property without a value compares nothing");
        (await server.WriteAsync(unit => unit.FindFamilyAsync("nobody"))).Family.ShouldBeNull();
        (await server.Get<IReadDatabase>().FindFamilyAsync("nobody")).ShouldBeNull();
    }

    [Fact]
    public async Task A_family_advances_as_Entity_Framework_would_write_it()
    {
        var server = await shared.EmptiedAsync();
        var family = await AddAsync(server, Full(server.Time.GetUtcNow(), revoked: false));
        var expires = server.Time.GetUtcNow().AddDays(3);
        (await server.WriteAsync(unit => unit.TryAdvanceAsync(family.FamilyId, family.Generation, expires, Source))).ShouldBeTrue();

        family.Generation++;
        family.RotatedAt = server.Time.GetUtcNow();
        family.RotatedFrom = Source.Address;
        family.Replays = 0;
        family.ExpiresAt = expires;
        Properties(await server.ReloadAsync(family)).ShouldBe(Properties(family));
    }

    [Theory]
    [InlineData("is at another generation")]
    [InlineData("is revoked")]
    [InlineData("expires now")]
    public async Task A_family_does_not_advance_that(string why)
    {
        var server = await shared.EmptiedAsync();
        var now = server.Time.GetUtcNow();
        var family = await AddAsync(server, Full(now, revoked: why == "is revoked", expiresAt: why == "expires now" ? now : now.AddDays(1)));
        var generation = why == "is at another generation" ? family.Generation - 1 : family.Generation;
        (await server.WriteAsync(unit => unit.TryAdvanceAsync(family.FamilyId, generation, now.AddDays(3), Source))).ShouldBeFalse();
        Properties(await server.ReloadAsync(family)).ShouldBe(Properties(family));
    }

    [Fact]
    public async Task One_family_is_revoked_as_many_are()
    {
        var server = await shared.EmptiedAsync();
        var (one, other) = (await AddAsync(server, Full(server.Time.GetUtcNow(), revoked: false)), await AddAsync(server, Full(server.Time.GetUtcNow(), revoked: false)));
        (await server.WriteAsync(unit => unit.TryRevokeAsync(one.FamilyId, RevocationReason.Client, "a client"))).ShouldBeTrue();
        (await server.WriteAsync(unit => unit.TryRevokeAsync(one.FamilyId, RevocationReason.Operator, "ana"))).ShouldBeFalse();
        await server.WriteAsync(unit => unit.RevokeFamiliesAsync(row => row.FamilyId == other.FamilyId, RevocationReason.Client, "a client"));

        Told(await server.ReloadAsync(one), one).ShouldBe(Told(await server.ReloadAsync(other), other));
        await using var db = server.Read();
        var lines = await db.Generations().OrderBy(line => line.Id).ToListAsync();
        lines.Select(line => line.FamilyId).ShouldBe([one.FamilyId, other.FamilyId]);
        Properties(lines[0])[1..].ShouldBe(Properties(lines[1])[1..]);

        static string[] Told(TokenFamily row, TokenFamily family) => [.. Properties(row).Select(property => property.Replace(family.FamilyId, "the family", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task A_line_of_lineage_is_written_as_Entity_Framework_writes_it()
    {
        var server = await shared.EmptiedAsync();
        var family = await AddAsync(server, Full(server.Time.GetUtcNow()));
        foreach (var source in new[] { Source, new RequestSource(null, null) })
        {
            foreach (var outcome in Enum.GetValues<GenerationOutcome>())
            {
                await server.WriteAsync(async unit =>
                {
                    await unit.AppendGenerationAsync(family.FamilyId, 8, outcome, source);
                    unit.Db.Generations().Add(new FamilyGeneration
                    {
                        FamilyId = family.FamilyId,
                        Generation = 8,
                        At = unit.Now,
                        Outcome = outcome,
                        Address = source.Address,
                        UserAgent = source.UserAgent,
                    });
                    return await unit.Db.SaveChangesAsync();
                });
                await using var db = server.Read();
                var two = await db.Generations().OrderByDescending(line => line.Id).Take(2).ToListAsync();
                Properties(two[1]).ShouldBe(Properties(two[0]));
            }
        }
    }

    [Fact]
    public async Task A_statement_gives_what_the_unit_before_it_wrote_and_nothing_of_a_unit_that_failed()
    {
        var server = await shared.EmptiedAsync();
        var family = await AddAsync(server, Full(server.Time.GetUtcNow(), revoked: false));
        await Should.ThrowAsync<InvalidOperationException>(() => server.WriteAsync<bool>(async unit =>
        {
            (await unit.TryAdvanceAsync(family.FamilyId, family.Generation, unit.Now.AddDays(3), Source)).ShouldBeTrue();
            (await unit.FindFamilyAsync(family.FamilyId)).Family!.Generation.ShouldBe(family.Generation + 1);
            throw new InvalidOperationException("a unit that fails");
        }));
        (await server.WriteAsync(unit => unit.FindFamilyAsync(family.FamilyId))).Family.ShouldNotBeNull().Generation.ShouldBe(family.Generation);
    }

    [Fact]
    public async Task Only_a_person_who_is_there_and_not_disabled_is_enabled_and_a_client_needs_none()
    {
        var server = await shared.EmptiedAsync();
        var person = (await server.AddPersonAsync("ana@example.org")).UserId();
        var theirs = (await server.AddFamilyAsync("client-1", person)).FamilyId;
        var nobodys = (await server.AddFamilyAsync("client-1", "nobody")).FamilyId;
        var clients = (await AddAsync(server, Bare(server.Time.GetUtcNow()))).FamilyId;
        (await EnabledAsync()).ShouldBe((true, true));
        (await FamilyAsync(nobodys), await FamilyAsync(clients), await server.WriteAsync(unit => unit.IsEnabledAsync("nobody"))).ShouldBe((false, true, false));
        await server.WriteAsync(unit => unit.Db.Users().ExecuteUpdateAsync(set => set.SetProperty(user => user.DisabledAt, unit.Now)));
        (await EnabledAsync()).ShouldBe((false, false));

        async Task<(bool ByItself, bool WithFamily)> EnabledAsync() => (await server.WriteAsync(unit => unit.IsEnabledAsync(person)), await FamilyAsync(theirs));
        async Task<bool> FamilyAsync(string familyId) => (await server.WriteAsync(unit => unit.FindFamilyAsync(familyId))).IsPersonEnabled;
    }

    private static Task<TokenFamily> AddAsync(AuthServer server, TokenFamily family) => server.WriteAsync(async unit =>
    {
        unit.Db.Families().Add(family);
        await unit.Db.SaveChangesAsync();
        return family;
    });

    /// <summary>Every property, with its value as text.</summary>
    private static string[] Properties(object row) =>
    [
        .. row.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name != nameof(FamilyGeneration.Id))
            .Select(property => $"{property.Name}={(property.GetValue(row) is byte[] bytes ? Convert.ToHexString(bytes) : property.GetValue(row))}"),
    ];

    /// <summary>No property is null, and no two are equal.</summary>
    private static TokenFamily Full(DateTimeOffset now, bool revoked = true, DateTimeOffset? expiresAt = null) => new()
    {
        FamilyId = Guid.CreateVersion7(now).ToString("N"),
        UserId = "a person",
        ClientId = "a client",
        RedirectHost = "client.example",
        Resource = "https://resource.example/mcp",
        Scopes = "read:secret write",
        Secret = [9, 8, 7],
        ConfirmationKey = "a thumbprint",
        Refreshable = true,
        Unproven = true,
        Generation = 7,
        RotatedAt = now.AddMinutes(-1),
        RotatedFrom = "192.0.2.1",
        Replays = 2,
        ReuseMarks = 3,
        AuthenticatedAt = now.AddMinutes(-4),
        CreatedAt = now.AddMinutes(-3),
        CreatedFrom = "192.0.2.2",
        CreatedAgent = "An agent",
        ExpiresAt = expiresAt ?? now.AddDays(1),
        AbsoluteExpiresAt = now.AddDays(2),
        RevokedAt = revoked ? now.AddSeconds(-5) : null,
        RevocationReason = revoked ? RevocationReason.Operator : null,
        RevokedBy = revoked ? "an operator" : null,
    };

    /// <summary>Every property is null that may be.</summary>
    private static TokenFamily Bare(DateTimeOffset now) => new()
    {
        FamilyId = Guid.CreateVersion7(now).ToString("N"),
        ClientId = "a client",
        Resource = "https://resource.example/mcp",
        Scopes = "",
        Secret = [],
        Refreshable = false,
        Generation = 1,
        RotatedAt = now,
        AuthenticatedAt = now,
        CreatedAt = now,
        ExpiresAt = now,
        AbsoluteExpiresAt = now,
    };
}
