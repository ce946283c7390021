using System.Security.Claims;
using AuthCore.Accounts;
using AuthCore.Audit;
using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.ResourceServer;
using AuthCore.Revocation;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Grants;

/// <summary>Whoever has more connections than one unit revokes: refused at once when they are disabled, and revoked to the last one, whatever comes in between.</summary>
public sealed class RemainingRevocationTests : IAsyncLifetime
{
    private const int Many = (2 * Batches.Size) + 50;

    private AuthServer _server = null!;
    private ClaimsPrincipal _administrator = null!;
    private ClaimsPrincipal _person = null!;

    public async Task InitializeAsync()
    {
        _server = await AuthServer.StartAsync();
        _administrator = await _server.AddPersonAsync("admin@app.example", Roles.Administrator);
        _person = await _server.AddPersonAsync("many@app.example");
        await _server.AddClientAsync();
        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => _server.AddFamilyAsync("client-1", _person.UserId())));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Disabling_a_person_is_one_small_unit_and_the_rest_follows()
    {
        var done = (await People.SetDisabledAsync(_administrator, _person.UserId(), disabled: true)).ShouldBeOfType<UserChange.Done>();
        done.Following.ShouldBeInRange(1, Many - Batches.Size);
        _server.Get<LivenessSet>().IsAlive("any", "client-1", _person.UserId()).ShouldBeFalse();

        await _server.UntilNoneRemainsAsync(DisabledParty.User(_person.UserId()));
        (await RevokedAsync(RevocationReason.UserDisabled, _administrator.UserId())).ShouldBe(Many);
        var facts = await FactsAsync("user.disabled", "user.connections_revoked");
        facts.Select(fact => fact.Name).ShouldBe(["user.disabled", "user.connections_revoked", "user.connections_revoked"]);
        facts.ShouldAllBe(fact => fact.Actor == _administrator.UserId() && fact.Subject == _person.UserId());
    }

    [Fact]
    public async Task What_a_host_left_the_next_one_revokes_in_the_name_of_who_asked_for_it()
    {
        await LeaveAsync("the operator");
        _server = await _server.RestartAsync();
        await _server.UntilNoneRemainsAsync(DisabledParty.User(_person.UserId()));
        (await RevokedAsync(RevocationReason.UserDisabled, "the operator")).ShouldBe(Many);
        (await _server.Get<RemainingFamilies>().FindAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_person_is_enabled_when_all_that_was_to_be_revoked_is()
    {
        await LeaveAsync("the operator");
        (await People.SetDisabledAsync(_administrator, _person.UserId(), disabled: false)).ShouldBe(new UserChange.Done(_person.UserId()));
        await using var db = _server.Read();
        (await db.Families().CountAsync(family => family.RevokedAt == null)).ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_is_revoked_of_who_was_enabled_meanwhile()
    {
        (await _server.Get<RemainingFamilies>().RevokeAsync(DisabledParty.User(_person.UserId()), CancellationToken.None)).ShouldBe(0);
        (await _server.Get<RemainingFamilies>().RevokeAsync(DisabledParty.Client("client-1"), CancellationToken.None)).ShouldBe(0);
        (await _server.Get<RemainingFamilies>().FindAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_that_is_disabled_and_enabled_at_once_gets_nothing_back()
    {
        var revocations = _server.Get<IRevocationService>();
        await revocations.RevokeAsync(_administrator, new RevocationTarget.Client("client-1"));
        (await _server.Get<IClientDirectory>().EnableAsync(_administrator, "client-1")).ShouldBeTrue();
        (await RevokedAsync(RevocationReason.ClientDisabled, _administrator.UserId())).ShouldBe(Many);
        _server.Accepts(_server.TokensOf(await _server.AddFamilyAsync("client-1", _person.UserId())).AccessToken).ShouldBeTrue();
    }

    [Fact]
    public async Task All_connections_of_a_person_who_stays_enabled_are_revoked_when_the_answer_comes()
    {
        (await _server.Get<IRevocationService>().RevokeAsync(_person, new RevocationTarget.ConnectionsOf(_person.UserId()))).ShouldBe(new RevocationOutcome.Revoked(Many));
        (await RevokedAsync(RevocationReason.User, _person.UserId())).ShouldBe(Many);
    }

    [Fact]
    public async Task Before_a_unit_that_revokes_all_others_have_revoked_most_of_it()
    {
        var lane = _server.Get<IWriteLane>();
        (await lane.RevokeMostConnectionsAsync(_person.UserId(), RevocationReason.User, _person.UserId(), CancellationToken.None)).ShouldBe(2 * Batches.Size);
        (await lane.RevokeMostConnectionsAsync(_person.UserId(), RevocationReason.User, _person.UserId(), CancellationToken.None)).ShouldBe(0);
        (await RevokedAsync(RevocationReason.User, _person.UserId())).ShouldBe(2 * Batches.Size);
    }

    private IUserDirectory People => _server.Get<IUserDirectory>();

    /// <summary>As a crash leaves it after the unit that disables a person.</summary>
    private Task<RevokedAccess> LeaveAsync(string actor) => _server.WriteAsync(async unit =>
    {
        await unit.UpdateUsersAsync(user => user.Id == _person.UserId(), set => set.SetProperty(user => user.DisabledAt, unit.Now));
        return await unit.RevokeOfUserAsync(_person.UserId(), RevocationReason.UserDisabled, actor, Batches.Size);
    });

    private async Task<int> RevokedAsync(RevocationReason why, string by)
    {
        await using var db = _server.Read();
        return await db.Families().CountAsync(family => family.RevocationReason == why && family.RevokedBy == by);
    }

    private async Task<StoredFact[]> FactsAsync(params string[] names)
    {
        await using var db = _server.Read();
        return await db.Facts().Where(fact => names.Contains(fact.Name)).OrderBy(fact => fact.Sequence).ToArrayAsync();
    }
}
