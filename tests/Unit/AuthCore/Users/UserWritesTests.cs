using System.Text.RegularExpressions;
using AuthCore.Accounts;
using AuthCore.Users;
using AuthCore.Users.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Users;

/// <summary>Identity saves whole rows. One that it read before a person was changed on the lane must not be saved.</summary>
public sealed partial class UserWritesTests : IAsyncLifetime
{
    private AuthServer _server = null!;

    public async Task InitializeAsync() => _server = await AuthServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("disabled")]
    [InlineData("role")]
    [InlineData("attempt")]
    public async Task A_row_that_was_read_before_cannot_be_saved_over_a_change(string change)
    {
        var administrator = await _server.AddPersonAsync("admin@app.example", Roles.Administrator);
        var person = (await _server.AddPersonAsync("p@app.example", Roles.Operator)).UserId();
        await using var scope = _server.Get<IServiceScopeFactory>().CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AuthUser>>();
        var stale = (await users.FindByIdAsync(person)).ShouldNotBeNull();

        var directory = _server.Get<IUserDirectory>();
        await (change switch
        {
            "disabled" => directory.SetDisabledAsync(administrator, person, disabled: true),
            "role" => (Task)directory.SetRoleAsync(administrator, person, Roles.Viewer),
            _ => _server.WriteAsync(unit => AccountLockout.TryReserveAsync(unit, person, TimeSpan.FromMinutes(5))),
        });
        var changed = await RowAsync(person);
        (await users.AccessFailedAsync(stale)).Succeeded.ShouldBeFalse();

        var row = await RowAsync(person);
        (row.DisabledAt, row.SecurityStamp, row.AccessFailedCount).ShouldBe((changed.DisabledAt, changed.SecurityStamp, changed.AccessFailedCount));
        (row.DisabledAt is not null).ShouldBe(change == "disabled");
    }

    [Fact]
    public void A_person_is_changed_in_no_other_way()
    {
        foreach (var source in Repository.Sources.Where(source => !source.EndsWith("/UserWrites.cs", StringComparison.Ordinal)))
        {
            OtherWays().Match(Repository.Read(source)).Value.ShouldBeEmpty($"{source} has to use UpdateUsersAsync");
        }
    }

    private async Task<AuthUser> RowAsync(string userId)
    {
        await using var db = _server.Read();
        return await db.Users().SingleAsync(user => user.Id == userId);
    }

    /// <summary>Identity's methods that save a row, and bulk updates of it.</summary>
    [GeneratedRegex(@"\.Users\s*(\.Where\([^;]*?)?\.ExecuteUpdateAsync|AccessFailedAsync|ResetAccessFailedCountAsync|CheckPasswordSignInAsync|PasswordSignInAsync|\.ChangePasswordAsync|UpdateSecurityStampAsync|SetLockoutEndDateAsync|users\.UpdateAsync")]
    private static partial Regex OtherWays();
}
