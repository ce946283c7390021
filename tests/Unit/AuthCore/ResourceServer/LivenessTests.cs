using System.Security.Claims;
using AuthCore.Accounts;
using AuthCore.Clients;
using AuthCore.Database;
using AuthCore.Grants;
using AuthCore.ResourceServer;
using AuthCore.Revocation;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.ResourceServer;

/// <summary>A valid signature is not enough: the family, its client and its user must be alive now, also after a restart.</summary>
public sealed class LivenessTests : IAsyncLifetime
{
    private AuthServer _server = null!;
    private ClaimsPrincipal _operator = null!;
    private ClaimsPrincipal _person = null!;

    public async Task InitializeAsync() => await StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task What_was_revoked_before_a_restart_is_not_alive_after_it()
    {
        var dead = await _server.ConnectAsync(_person);
        await _server.PostFormAsync("/revoke", ("client_id", "client-1"), ("token", dead.Access));
        var alive = await _server.ConnectAsync(_person);

        await RestartAsync();

        _server.Accepts(dead.Access).ShouldBeFalse();
        _server.Accepts(alive.Access).ShouldBeTrue();
        (await _server.RefreshAsync(alive.Refresh!)).IsSuccessStatusCode.ShouldBeTrue("keys and families are the same as before");
    }

    [Fact]
    public async Task An_ended_client_and_a_disabled_person_stay_so_over_a_restart()
    {
        await _server.AddClientAsync("client-2");
        var other = await _server.AddPersonAsync("otto@example.org");
        var ofClient = await _server.ConnectAsync(_person);
        var ofPerson = await (await _server.RedeemAsync(await _server.CodeAsync(other, ("client_id", "client-2")), ("client_id", "client-2"))).TokensAsync();
        await _server.Get<IRevocationService>().RevokeAsync(_operator, new RevocationTarget.Client("client-1"));
        await _server.Get<IUserDirectory>().SetDisabledAsync(_operator, other.UserId(), disabled: true);

        await RestartAsync();

        _server.Accepts(ofClient.Access).ShouldBeFalse();
        _server.Accepts(ofPerson.Access).ShouldBeFalse();
    }

    [Fact]
    public async Task A_client_that_is_turned_off_is_so_after_a_restart_even_if_a_connection_of_it_was_left_over()
    {
        var left = await _server.ConnectAsync(_person);
        await _server.WriteAsync(unit => unit.Db.Clients().ExecuteUpdateAsync(set => set.SetProperty(client => client.DisabledAt, unit.Now)));

        await RestartAsync();

        _server.Accepts(left.Access).ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_revoked_stays_so_for_as_long_as_its_tokens_last_whatever_is_configured_later()
    {
        await _server.DisposeAsync();
        await StartAsync(("Tokens:AccessTokenLifetime", "01:00:00"));
        var dead = await _server.ConnectAsync(_person);
        await _server.PostFormAsync("/revoke", ("client_id", "client-1"), ("token", dead.Access));
        _server.Time.Leap(TimeSpan.FromMinutes(20));

        await RestartAsync(("Tokens:AccessTokenLifetime", "00:01:00"));
        _server.Accepts(dead.Access).ShouldBeFalse();

        _server.Time.Leap(TimeSpan.FromMinutes(15));
        await CleanAsync();
        _server.Accepts(dead.Access).ShouldBeFalse();
    }

    [Theory]
    [InlineData(24, 0, 0)]
    [InlineData(24, 24, 0)]
    [InlineData(24, 0, -24)]
    [InlineData(0, -24, 0)]
    [InlineData(0, 0, 48)]
    public async Task No_clock_that_was_wrong_for_a_while_brings_back_what_was_revoked(int issuing, int revoking, int restarting)
    {
        Clock(issuing);
        var dead = await _server.ConnectAsync(_person);
        Clock(revoking);
        await _server.PostFormAsync("/revoke", ("client_id", "client-1"), ("token", dead.Refresh!));
        Clock(restarting);
        await RestartAsync();
        await CleanAsync();
        Clock(0);

        for (var quarter = 0; quarter < 8; quarter++)
        {
            _server.Accepts(dead.Access).ShouldBeFalse();
            _server.Time.Leap(TimeSpan.FromMinutes(15));
            await CleanAsync();
        }

        Clock(21.9);
        _server.Accepts(dead.Access).ShouldBeFalse();
    }

    [Theory]
    [InlineData(24, 0)]
    [InlineData(24, 24)]
    [InlineData(0, -24)]
    [InlineData(0, 0)]
    public async Task Nor_does_one_that_is_put_right_while_the_host_runs(int issuing, int revoking)
    {
        Clock(issuing);
        var dead = await _server.ConnectAsync(_person);
        Clock(revoking);
        await _server.PostFormAsync("/revoke", ("client_id", "client-1"), ("token", dead.Refresh!));
        Clock(100);
        await CleanAsync();
        Clock(0);
        await CleanAsync();
        _server.Accepts(dead.Access).ShouldBeFalse();

        _server.Time.Leap(TimeSpan.FromMinutes(75));
        await CleanAsync();
        _server.Accepts(dead.Access).ShouldBeFalse();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_disabled_person_is_known_at_start_and_so_is_a_disabled_client_whatever_became_of_their_families(bool client)
    {
        var tokens = await _server.ConnectAsync(_person);
        await _server.WriteAsync(unit => client
            ? unit.Db.Clients().ExecuteUpdateAsync(set => set.SetProperty(row => row.DisabledAt, unit.Now))
            : unit.Db.Users().Where(user => user.Id == _person.UserId()).ExecuteUpdateAsync(set => set.SetProperty(row => row.DisabledAt, unit.Now)));
        (await _server.Read().Families().SingleAsync()).RevokedAt.ShouldBeNull("only the person or the client says that it is over");

        await RestartAsync();

        _server.Accepts(tokens.Access).ShouldBeFalse();
    }

    [Fact]
    public async Task An_enabled_client_does_not_bring_back_what_was_ended_with_it()
    {
        var before = await _server.ConnectAsync(_person);
        await _server.Get<IRevocationService>().RevokeAsync(_operator, new RevocationTarget.Client("client-1"));
        await _server.Get<IClientDirectory>().EnableAsync(_operator, "client-1");

        _server.Accepts(before.Access).ShouldBeFalse();
        (await _server.RefreshAsync(before.Refresh!)).IsSuccessStatusCode.ShouldBeFalse();
        _server.Accepts((await _server.ConnectAsync(_person)).Access).ShouldBeTrue();
    }

    [Fact]
    public async Task Cleaning_up_makes_nothing_alive_again()
    {
        var dead = await _server.ConnectAsync(_person);
        await _server.PostFormAsync("/revoke", ("client_id", "client-1"), ("token", dead.Refresh!));
        for (var minute = 0; minute < 6; minute++)
        {
            _server.Accepts(dead.Access).ShouldBeFalse();
            _server.Time.Advance(TimeSpan.FromMinutes(1));
            await CleanAsync();
        }

        _server.Time.Leap(TimeSpan.FromDays(100));
        await CleanAsync();
        _server.Accepts(dead.Access).ShouldBeFalse();
        (await _server.RefreshAsync(dead.Refresh!)).IsSuccessStatusCode.ShouldBeFalse();
    }

    [Fact]
    public void Nothing_is_alive_before_the_set_is_loaded()
    {
        var unloaded = ActivatorUtilities.CreateInstance<LivenessSet>(_server.Get<IServiceProvider>());
        unloaded.IsAlive("family", "client", "user").ShouldBeFalse();
    }

    private async Task StartAsync(params (string Key, string? Value)[] settings)
    {
        _server = await AuthServer.StartAsync(settings);
        await _server.AddClientAsync();
        _person = await _server.AddPersonAsync("ana@example.org");
        _operator = await _server.AddPersonAsync("olga@example.org", Roles.Administrator);
    }

    private async Task RestartAsync(params (string Key, string? Value)[] settings) => _server = await _server.RestartAsync(settings);

    private void Clock(double hoursAhead) => _server.Time.RunAhead(TimeSpan.FromHours(hoursAhead));

    private Task CleanAsync() => _server.Get<IEnumerable<IHostedService>>().OfType<Cleaner>().Single().CleanAsync(CancellationToken.None);
}
