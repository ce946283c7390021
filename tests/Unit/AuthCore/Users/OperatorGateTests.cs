using System.Security.Claims;
using AuthCore.Audit;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Users;

public sealed class OperatorGateTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    [Theory]
    [InlineData("viewer", "viewer", true)]
    [InlineData("viewer", "operator", false)]
    [InlineData("operator", "viewer", true)]
    [InlineData("operator", "administrator", false)]
    [InlineData("administrator", "operator", true)]
    [InlineData(null, "viewer", false)]
    public async Task A_role_includes_the_ones_before_it(string? held, string needed, bool passes)
    {
        var server = await shared.EmptiedAsync();
        (await PassesAsync(server, await server.AddPersonAsync("p@app.example", held), needed)).ShouldBe(passes);
    }

    [Fact]
    public async Task What_a_cookie_believes_does_not_count()
    {
        var server = await shared.EmptiedAsync();
        var person = await server.AddPersonAsync("p@app.example", Roles.Operator);
        var forged = new ClaimsPrincipal(new ClaimsIdentity([.. person.Claims, new Claim(ClaimTypes.Role, Roles.Administrator)], "cookie"));
        (await PassesAsync(server, forged, Roles.Administrator)).ShouldBeFalse();
        await server.WriteAsync(unit => unit.Db.UserRoles().ExecuteDeleteAsync());
        (await PassesAsync(server, person, Roles.Viewer)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(Roles.Viewer, true)]
    [InlineData(Roles.Operator, false)]
    [InlineData(Roles.Administrator, false)]
    public async Task A_session_of_before_a_changed_password_changes_nothing(string needed, bool passes)
    {
        await using var server = await AuthServer.StartAsync();
        var person = await server.AddPersonAsync("p@app.example", Roles.Administrator);
        (await PassesAsync(server, person, needed)).ShouldBeTrue();
        await server.WriteAsync(unit => unit.UpdateUsersAsync(user => user.Id == person.UserId(), set => set.RenewSecurityStamp()));
        (await PassesAsync(server, person, needed)).ShouldBe(passes);
    }

    [Fact]
    public async Task A_disabled_person_and_an_anonymous_caller_are_refused()
    {
        var server = await shared.EmptiedAsync();
        var person = await server.AddPersonAsync("p@app.example", Roles.Administrator);
        await server.WriteAsync(unit => unit.Db.Users().ExecuteUpdateAsync(set => set.SetProperty(user => user.DisabledAt, unit.Now)));
        (await PassesAsync(server, person, Roles.Viewer)).ShouldBeFalse();
        (await PassesAsync(server, new ClaimsPrincipal(new ClaimsIdentity(person.Claims)), Roles.Viewer)).ShouldBeFalse();
        (await PassesAsync(server, new ClaimsPrincipal(), Roles.Viewer)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_refusal_is_in_the_audit_trail()
    {
        var server = await shared.EmptiedAsync();
        var person = await server.AddPersonAsync("p@app.example", Roles.Viewer);
        (await PassesAsync(server, person, Roles.Operator)).ShouldBeFalse();
        await using var db = server.Read();
        var line = await db.Facts().SingleAsync();
        (line.Name, line.Actor, line.Subject).ShouldBe(("access.denied", person.UserId(), Roles.Operator));
    }

    [Theory]
    [InlineData("read:secret", "viewer", false)]
    [InlineData("admin:read", "viewer", true)]
    [InlineData("admin:read", "operator", false)]
    [InlineData("admin:write", "operator", true)]
    public async Task Through_an_access_token_an_operator_needs_the_scope_too(string scope, string needed, bool passes)
    {
        var server = await shared.EmptiedAsync();
        var person = await server.AddPersonAsync("p@app.example", Roles.Administrator);
        var now = server.Time.GetUtcNow();
        var grant = new AccessGrant(person.UserId(), "client-1", "family", "resource", ScopeSet.Of(scope), "jti", now, now, now);
        (await PassesAsync(server, grant.ToPrincipal(), needed)).ShouldBe(passes);
    }

    private static async Task<bool> PassesAsync(AuthServer server, ClaimsPrincipal caller, string role)
    {
        try
        {
            await server.Get<OperatorGate>().RequireAsync(caller, role, CancellationToken.None);
            return true;
        }
        catch (AccessDeniedException)
        {
            return false;
        }
    }
}
