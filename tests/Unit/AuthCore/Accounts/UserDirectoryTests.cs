using AuthCore.Accounts;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Accounts;

public class UserDirectoryTests
{
    [Fact]
    public async Task An_added_person_can_sign_in_and_has_the_role()
    {
        await using var server = await AuthServer.StartAsync();
        var administrator = await server.AddPersonAsync("admin@app.example", Roles.Administrator);
        var added = await server.Get<IUserDirectory>().AddAsync(administrator, "new@app.example", "correct horse battery", Roles.Operator);
        var userId = added.ShouldBeOfType<UserChange.Done>().UserId;

        await using var scope = server.Get<IServiceScopeFactory>().CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AuthUser>>();
        var person = (await users.FindByEmailAsync("NEW@app.example")).ShouldNotBeNull();
        (await users.CheckPasswordAsync(person, "correct horse battery")).ShouldBeTrue();
        (await users.IsInRoleAsync(person, Roles.Operator)).ShouldBeTrue();
        (await server.Get<IUserDirectory>().FindEmailAsync(userId)).ShouldBe("new@app.example");
        var page = await server.Get<IUserDirectory>().ListAsync(administrator, new ListQuery<UserSort> { Search = "new@", SortBy = UserSort.Email });
        page.Rows.ShouldHaveSingleItem().Role.ShouldBe(Roles.Operator);
        page.Total.ShouldBe(1);
    }

    [Theory]
    [InlineData("admin@app.example", "correct horse battery", null, "EmailTaken")]
    [InlineData("not an address", "correct horse battery", null, "EmailInvalid")]
    [InlineData("new@app.example", "short", null, "PasswordTooShort (at least 12)")]
    [InlineData("new@app.example", "aaaaaaaaaaaa", null, "PasswordTooUniform (at least 5)")]
    [InlineData("new@app.example", "correct horse battery", "root", "NoSuchRole")]
    public async Task A_person_whom_identity_does_not_take_is_refused_by_codes(string email, string password, string? role, string problem)
    {
        await using var server = await AuthServer.StartAsync();
        var administrator = await server.AddPersonAsync("admin@app.example", Roles.Administrator);
        var change = await server.Get<IUserDirectory>().AddAsync(administrator, email, password, role);
        change.ShouldBeOfType<UserChange.Refused>().Problems.ShouldHaveSingleItem().ToString().ShouldBe(problem);
    }

    [Fact]
    public async Task A_disabled_person_loses_every_connection_in_the_same_commit()
    {
        await using var server = await AuthServer.StartAsync();
        var administrator = await server.AddPersonAsync("admin@app.example", Roles.Administrator);
        var person = await server.AddPersonAsync("p@app.example");
        await server.AddClientAsync();
        var family = await server.AddFamilyAsync("client-1", person.UserId());
        var token = server.TokensOf(family).AccessToken;
        var directory = server.Get<IUserDirectory>();

        (await directory.SetDisabledAsync(administrator, person.UserId(), disabled: true)).ShouldBe(new UserChange.Done(person.UserId()));
        server.Accepts(token).ShouldBeFalse();
        (await server.ReloadAsync(family)).RevocationReason.ShouldBe(global::AuthCore.Grants.RevocationReason.UserDisabled);

        await directory.SetDisabledAsync(administrator, person.UserId(), disabled: false);
        server.Accepts(token).ShouldBeFalse();
        server.Accepts(server.TokensOf(await server.AddFamilyAsync("client-1", person.UserId())).AccessToken).ShouldBeTrue();
    }

    [Fact]
    public async Task A_new_role_and_a_disabling_end_the_sessions_and_what_is_connected_in_the_same_moment()
    {
        await using var server = await AuthServer.StartAsync();
        var administrator = await server.AddPersonAsync("admin@app.example", Roles.Administrator);
        var userId = (await server.AddPersonAsync("p@app.example")).UserId();
        var directory = server.Get<IUserDirectory>();

        await directory.SetRoleAsync(administrator, userId, Roles.Viewer);
        var asViewer = await StampAsync(server, userId);
        await directory.SetRoleAsync(administrator, userId, null);
        var asNobody = await StampAsync(server, userId);
        await directory.SetDisabledAsync(administrator, userId, disabled: true);

        new[] { asViewer, asNobody, await StampAsync(server, userId) }.Distinct().Count().ShouldBe(3);
        server.Get<LivenessSet>().IsAlive("another", "another", userId).ShouldBeFalse();
    }

    [Fact]
    public async Task Of_many_who_add_the_same_address_at_once_one_does_and_the_others_hear_why()
    {
        await using var server = await AuthServer.StartAsync();
        var administrator = await server.AddPersonAsync("admin@app.example", Roles.Administrator);
        var directory = server.Get<IUserDirectory>();
        var changes = await AtOnce.RunAsync(8, _ => directory.AddAsync(administrator, "new@app.example", "correct horse battery", null));
        changes.OfType<UserChange.Done>().ShouldHaveSingleItem();
        changes.OfType<UserChange.Refused>().Count().ShouldBe(7);
    }

    [Fact]
    public async Task The_last_administrator_keeps_the_role_and_stays_enabled()
    {
        await using var server = await AuthServer.StartAsync();
        var administrator = await server.AddPersonAsync("admin@app.example", Roles.Administrator);
        var directory = server.Get<IUserDirectory>();
        (await directory.SetRoleAsync(administrator, administrator.UserId(), Roles.Operator)).ShouldBeOfType<UserChange.Refused>();
        (await directory.SetRoleAsync(administrator, administrator.UserId(), null)).ShouldBeOfType<UserChange.Refused>();
        (await directory.SetDisabledAsync(administrator, administrator.UserId(), disabled: true)).ShouldBeOfType<UserChange.Refused>();

        var second = await server.AddPersonAsync("second@app.example", Roles.Administrator);
        (await directory.SetRoleAsync(second, administrator.UserId(), Roles.Viewer)).ShouldBeOfType<UserChange.Done>();
        await Should.ThrowAsync<AccessDeniedException>(() => directory.SetRoleAsync(administrator, second.UserId(), null));
    }

    [Fact]
    public async Task Of_two_administrators_who_demote_each_other_at_once_one_remains()
    {
        await using var server = await AuthServer.StartAsync();
        var first = await server.AddPersonAsync("first@app.example", Roles.Administrator);
        var second = await server.AddPersonAsync("second@app.example", Roles.Administrator);
        var directory = server.Get<IUserDirectory>();
        var changes = await Task.WhenAll(
            Try(() => directory.SetRoleAsync(first, second.UserId(), null)), Try(() => directory.SetRoleAsync(second, first.UserId(), null)));
        changes.Count(change => change is UserChange.Done).ShouldBe(1);
    }

    [Fact]
    public async Task Only_administrators_change_people()
    {
        await using var server = await AuthServer.StartAsync();
        var operatorOf = await server.AddPersonAsync("operator@app.example", Roles.Operator);
        var directory = server.Get<IUserDirectory>();
        await Should.ThrowAsync<AccessDeniedException>(() => directory.AddAsync(operatorOf, "x@app.example", "correct horse battery", null));
        await Should.ThrowAsync<AccessDeniedException>(() => directory.SetRoleAsync(operatorOf, operatorOf.UserId(), Roles.Administrator));
        await Should.ThrowAsync<AccessDeniedException>(() => directory.SetDisabledAsync(operatorOf, operatorOf.UserId(), disabled: true));
    }

    private static async Task<string?> StampAsync(AuthServer server, string userId)
    {
        await using var db = server.Read();
        return await db.Users().Where(user => user.Id == userId).Select(user => user.SecurityStamp).SingleAsync();
    }

    private static async Task<UserChange?> Try(Func<Task<UserChange>> change)
    {
        try
        {
            return await change();
        }
        catch (AccessDeniedException)
        {
            return null;
        }
    }
}
