using System.Net;
using System.Security.Claims;
using AuthCore.Audit;
using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Http;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Grants;

/// <summary>Who signs in again from the same installation has one connection, and not before the new one is known to work.</summary>
public sealed class SupersessionTests(ServerWithClient shared) : IClassFixture<ServerWithClient>, IAsyncLifetime
{
    private AuthServer _server = shared.Server;
    private ClaimsPrincipal _person = null!;

    public async Task InitializeAsync() => _person = await shared.NewPersonAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_first_use_of_the_newer_family_revokes_the_older(bool byCall)
    {
        var older = await ConnectAsync();
        var newer = await ConnectAsync();
        _server.Accepts(older.Access).ShouldBeTrue("it is not known yet whether the newer tokens have arrived");

        await UseAsync(newer, byCall);

        _server.Accepts(older.Access).ShouldBeFalse();
        (await (await _server.RefreshAsync(older.Refresh!)).ErrorAsync()).ShouldBe("invalid_grant");
        _server.Accepts(newer.Access).ShouldBeTrue();
        var (ended, alive) = (await FamilyAsync(0), await FamilyAsync(1));
        (ended.RevocationReason, ended.RevokedBy, ended.ReuseMarks).ShouldBe((RevocationReason.Superseded, "client-1", 0));
        (alive.RevokedAt, alive.Unproven).ShouldBe((null, false));
        await using var db = _server.Read();
        (await db.Generations().Where(line => line.FamilyId == ended.FamilyId).OrderBy(line => line.Id).Select(line => line.Outcome).LastAsync()).ShouldBe(GenerationOutcome.Revoked);
        var lines = await db.Facts().Where(line => line.Subject == ended.FamilyId).ToListAsync();
        var told = lines.ShouldHaveSingleItem("replaced, and no reuse");
        _server.Get<FactCatalog>().Read(told).ShouldBe(new FamilySuperseded(ended.FamilyId, alive.FamilyId, "client-1"));
    }

    [Fact]
    public async Task Open_pages_are_told()
    {
        var older = await ConnectAsync();
        var newer = await ConnectAsync();
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var _ = _server.Get<IChangeFeed>().Subscribe(ChangeTopics.Families, () => told.TrySetResult());

        await UseAsync(newer, byCall: true);

        await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
        _server.Accepts(older.Access).ShouldBeFalse();
    }

    [Fact]
    public async Task A_family_whose_tokens_never_arrived_is_replaced_too()
    {
        var used = await ConnectAsync();
        await UseAsync(used, byCall: true);
        await ConnectAsync();
        var newest = await ConnectAsync();

        await UseAsync(newest, byCall: false);

        (await StatesAsync()).ShouldBe([RevocationReason.Superseded, RevocationReason.Superseded, null]);
    }

    [Fact]
    public async Task An_older_family_in_use_replaces_nothing_that_came_after_it()
    {
        var older = await ConnectAsync();
        var newer = await ConnectAsync();
        await UseAsync(older, byCall: true);
        await UseAsync(older, byCall: false);
        (await StatesAsync()).ShouldBe([null, null]);
        _server.Accepts(newer.Access).ShouldBeTrue();
    }

    [Fact]
    public async Task New_families_that_are_used_at_once_never_end_each_other()
    {
        for (var round = 0; round < 20; round++)
        {
            _person = await shared.NewPersonAsync();
            Tokens[] families = [await ConnectAsync(), await ConnectAsync(), await ConnectAsync()];

            await AtOnce.RunAsync(6, async index =>
            {
                var tokens = families[index % 3];
                return index < 3 ? (await _server.RefreshAsync(tokens.Refresh!)).StatusCode : await CallAsync(tokens);
            });

            _server.Accepts(families[2].Access).ShouldBeTrue();
            (await StatesAsync()).ShouldBe([RevocationReason.Superseded, RevocationReason.Superseded, null]);
        }
    }

    [Fact]
    public async Task Two_of_the_same_millisecond_leave_one()
    {
        Tokens[] families = [await _server.ConnectAsync(_person), await _server.ConnectAsync(_person)];
        foreach (var family in families.Concat(families))
        {
            await CallAsync(family);
        }

        (await StatesAsync()).Count(end => end is null).ShouldBe(1);
    }

    [Fact]
    public async Task A_revoked_family_replaces_nothing()
    {
        var older = await ConnectAsync();
        var newer = await ConnectAsync();
        var inFlight = GrantOf(newer);
        await _server.PostFormAsync("/revoke", ("client_id", "client-1"), ("token", newer.Refresh!));

        Validator.Seen(inFlight, null, null);
        await LaneIsEmptyAsync();

        _server.Accepts(older.Access).ShouldBeTrue();
    }

    [Theory, InlineData("person"), InlineData("client"), InlineData("destination"), InlineData("resource")]
    public async Task With_another_person_client_destination_or_resource_it_is_another_connection(string other)
    {
        var older = await ConnectAsync();
        await ChangeAsync(other);
        await CallAsync(await ConnectAsync());
        _server.Accepts(older.Access).ShouldBeTrue();
    }

    [Fact]
    public async Task A_loopback_client_on_another_port_is_the_same_installation()
    {
        var older = await ConnectAsync();
        Tick();
        const string OtherPort = "http://127.0.0.1:51234/callback";
        var newer = await (await _server.RedeemAsync(await _server.CodeAsync(_person, ("redirect_uri", OtherPort)), ("redirect_uri", OtherPort))).TokensAsync();
        await UseAsync(newer, byCall: true);
        _server.Accepts(older.Access).ShouldBeFalse();
    }

    [Fact]
    public async Task A_preregistered_client_may_have_many_installations()
    {
        await _server.AddClientAsync("configured", origin: ClientOrigin.Preregistered);
        Tokens[] families = [await ConnectConfiguredAsync(), await ConnectConfiguredAsync()];
        await CallAsync(families[1]);
        (await (await _server.RefreshAsync(families[1].Refresh!, ("client_id", "configured"))).TokensAsync()).ShouldNotBeNull();
        families.ShouldAllBe(tokens => _server.Accepts(tokens.Access));

        async Task<Tokens> ConnectConfiguredAsync()
        {
            Tick();
            return await (await _server.RedeemAsync(await _server.CodeAsync(_person, ("client_id", "configured")), ("client_id", "configured"))).TokensAsync();
        }
    }

    [Fact]
    public async Task While_the_lane_is_full_calls_are_served_and_the_next_one_tries_again()
    {
        var older = await ConnectAsync();
        var newer = await ConnectAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var holding = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        List<Task> waiting = [_server.WriteAsync(async _ =>
        {
            holding.SetResult();
            await release.Task;
            return true;
        })];
        await holding.Task;
        while (waiting.TrueForAll(unit => !unit.IsFaulted))
        {
            waiting.Add(_server.WriteAsync(_ => Task.FromResult(true)));
        }

        Validator.Seen(GrantOf(newer), null, null);
        release.SetResult();
        await Task.WhenAll(waiting.Where(unit => !unit.IsFaulted));
        await LaneIsEmptyAsync();
        _server.Accepts(older.Access).ShouldBeTrue("it could not be written");

        await UseAsync(newer, byCall: true);
        _server.Accepts(older.Access).ShouldBeFalse();
    }

    [Fact]
    public async Task A_restart_forgets_nothing_and_the_setting_turns_it_off()
    {
        await using var first = await AuthServer.StartAsync();
        _server = first;
        await _server.AddClientAsync();
        _person = await _server.AddPersonAsync("ana@example.org", Roles.Administrator);
        var older = await ConnectAsync();
        var newer = await ConnectAsync();

        await using var off = _server = await first.RestartAsync(("Tokens:SupersedeOlderGrants", "false"));
        newer = await UseAsync(newer, byCall: false);
        await CallAsync(newer);
        var third = await ConnectAsync();
        await UseAsync(third, byCall: true);
        (await StatesAsync()).ShouldBe([null, null, null]);

        await using var again = _server = await off.RestartAsync();
        await CallAsync(newer);
        (await StatesAsync()).ShouldBe([RevocationReason.Superseded, null, null]);
        _server.Accepts(older.Access).ShouldBeFalse();
    }

    private async Task ChangeAsync(string what)
    {
        var another = await shared.NewPersonAsync();
        var older = await FamilyAsync(0);
        var (userId, clientId, host, resource) = what switch
        {
            "person" => (another.UserId(), older.ClientId, older.RedirectHost, older.Resource),
            "client" => (older.UserId, "another", older.RedirectHost, older.Resource),
            "destination" => (older.UserId, older.ClientId, "localhost", older.Resource),
            _ => (older.UserId, older.ClientId, older.RedirectHost, "http://localhost/another"),
        };
        await _server.WriteAsync(unit => unit.Db.Families().Where(row => row.FamilyId == older.FamilyId).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.UserId, userId)
            .SetProperty(row => row.ClientId, clientId)
            .SetProperty(row => row.RedirectHost, host)
            .SetProperty(row => row.Resource, resource)));
    }

    private IAccessTokenValidator Validator => _server.Get<IAccessTokenValidator>();

    private async Task<Tokens> ConnectAsync()
    {
        Tick();
        return await _server.ConnectAsync(_person);
    }

    private void Tick() => _server.Time.Advance(TimeSpan.FromMilliseconds(1));

    private async Task<Tokens> UseAsync(Tokens tokens, bool byCall)
    {
        if (!byCall)
        {
            return await (await _server.RefreshAsync(tokens.Refresh!)).TokensAsync();
        }

        await CallAsync(tokens);
        return tokens;
    }

    /// <summary>What the resource does with an accepted call. The lane serves in order, so what the call left to it is done.</summary>
    private async Task<HttpStatusCode> CallAsync(Tokens tokens)
    {
        if (Validator.Validate(tokens.Access, _server.Get<PublicOrigin>().DefaultResource) is not AccessTokenValidation.Valid(var grant))
        {
            return HttpStatusCode.Unauthorized;
        }

        Validator.Seen(grant, "192.0.2.1", "agent");
        await LaneIsEmptyAsync();
        return HttpStatusCode.OK;
    }

    private Task LaneIsEmptyAsync() => _server.WriteAsync(_ => Task.FromResult(true));

    private AccessGrant GrantOf(Tokens tokens) =>
        Validator.Validate(tokens.Access, _server.Get<PublicOrigin>().DefaultResource).ShouldBeOfType<AccessTokenValidation.Valid>().Grant;

    private async Task<TokenFamily> FamilyAsync(int index)
    {
        await using var db = _server.Read();
        return (await db.Families().Where(family => family.UserId == _person.UserId()).OrderBy(family => family.CreatedAt).ToListAsync())[index];
    }

    private async Task<RevocationReason?[]> StatesAsync()
    {
        await using var db = _server.Read();
        return await db.Families().Where(family => family.UserId == _person.UserId()).OrderBy(family => family.CreatedAt).Select(family => family.RevocationReason).ToArrayAsync();
    }
}
