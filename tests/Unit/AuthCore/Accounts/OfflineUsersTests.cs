using AuthCore;
using AuthCore.Accounts;
using AuthCore.Audit;
using AuthCore.Clients;
using AuthCore.Database.Sqlite;
using AuthCore.Grants;
using AuthCore.Hosting;
using AuthCore.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace UnitTests.AuthCore.Accounts;

/// <summary>Changes to people while the host is stopped: durable, in the audit trail, and never beside a running host.</summary>
public sealed class OfflineUsersTests : IDisposable
{
    private const string Email = "ada@example.org";
    private const string Password = "a long enough passphrase";
    private readonly string _directory = Directory.CreateTempSubdirectory("offline-").FullName;

    // As a host leaves one behind; an empty file is an empty database.
    public OfflineUsersTests() => File.WriteAllBytes(Path.Combine(_directory, "mcp-auth.db"), []);

    [Fact]
    public async Task A_reset_ends_lockout_and_codes_and_says_who_did_it()
    {
        var added = (await WithServicesAsync(services => OfflineUsers.AddAsync(services, Email, Password, Roles.Administrator, default))).ShouldBeOfType<UserChange.Done>();
        await WithDatabaseAsync(async db =>
        {
            await db.Users().ExecuteUpdateAsync(set => set.SetProperty(user => user.AccessFailedCount, 9).SetProperty(user => user.LockoutEnd, DateTimeOffset.UtcNow.AddHours(1)));
            db.Codes().Add(new AuthorizationCode
            {
                Hash = "hash",
                ClientId = "client",
                UserId = added.UserId,
                RedirectUri = "http://127.0.0.1/",
                CodeChallenge = "challenge",
                Resource = "http://localhost/mcp",
                Scopes = "",
                Refreshable = true,
                AuthenticatedAt = DateTimeOffset.UtcNow,
                ExpiresAt = DateTimeOffset.UtcNow.AddMinutes(1),
            });
            await db.SaveChangesAsync();
        });
        var before = await PersonAsync();

        (await WithServicesAsync(services => OfflineUsers.ResetPasswordAsync(services, "ADA@example.org", "another passphrase", default))).ShouldBe(added);

        var after = await PersonAsync();
        after.AccessFailedCount.ShouldBe(0);
        after.LockoutEnd.ShouldBeNull();
        after.SecurityStamp.ShouldNotBe(before.SecurityStamp);
        after.ConcurrencyStamp.ShouldNotBe(before.ConcurrencyStamp);
        new PasswordHasher<AuthUser>().VerifyHashedPassword(after, after.PasswordHash!, "another passphrase").ShouldBe(PasswordVerificationResult.Success);
        await WithDatabaseAsync(async db =>
        {
            (await db.Codes().SingleAsync()).RedeemedAt.ShouldNotBeNull();
            var lines = await db.Facts().OrderBy(line => line.Sequence).ToListAsync();
            lines.Select(line => (line.Name, line.Actor, line.Subject, line.Address)).ShouldBe(
                [("user.added", "command-line", added.UserId, null), ("user.password_reset", "command-line", added.UserId, null)]);
        });
    }

    [Fact]
    public async Task What_identity_does_not_take_or_what_is_not_there_changes_nothing()
    {
        await WithServicesAsync(services => OfflineUsers.AddAsync(services, Email, Password, null, default));
        await RefusedAsync(AccountProblemCode.EmailTaken, services => OfflineUsers.AddAsync(services, Email, Password, Roles.Administrator, default));
        await RefusedAsync(AccountProblemCode.PasswordTooShort, services => OfflineUsers.ResetPasswordAsync(services, Email, "short", default));
        await RefusedAsync(AccountProblemCode.NoSuchUser, services => OfflineUsers.ResetPasswordAsync(services, "eve@example.org", Password, default));
        await WithDatabaseAsync(db => db.Users().ExecuteUpdateAsync(set => set.SetProperty(user => user.DisabledAt, DateTimeOffset.UtcNow)));
        await RefusedAsync(AccountProblemCode.UserDisabled, services => OfflineUsers.ResetPasswordAsync(services, Email, Password, default));
        await WithDatabaseAsync(async db => (await db.Facts().CountAsync()).ShouldBe(1));
    }

    [Fact]
    public async Task Clients_that_the_shells_settings_do_not_name_stay_as_they_are()
    {
        await WithServicesAsync(services => OfflineUsers.AddAsync(services, Email, Password, null, default));
        await WithDatabaseAsync(async db =>
        {
            db.Clients().Add(new global::AuthCore.Clients.Client
            {
                ClientId = "configured",
                Name = "Configured",
                Origin = global::AuthCore.Clients.ClientOrigin.Preregistered,
                AuthMethod = "none",
                RedirectUris = [],
                GrantTypes = [],
                ApplicationType = "web",
                CreatedAt = DateTimeOffset.UtcNow,
            });
            await db.SaveChangesAsync();
        });
        (await WithServicesAsync(services => OfflineUsers.ResetPasswordAsync(services, Email, "another passphrase", default))).ShouldBeOfType<UserChange.Done>();
        await WithDatabaseAsync(async db => (await db.Clients().SingleAsync()).DisabledAt.ShouldBeNull());
    }

    [Fact]
    public async Task A_directory_in_use_and_one_without_a_database_are_refused()
    {
        using (Ownership.Take(_directory, databaseFile: null))
        {
            (await Should.ThrowAsync<BrokenSetupException>(() => WithServicesAsync(services => OfflineUsers.AddAsync(services, Email, Password, null, default))))
                .Message.ShouldBe($"The host is running on {_directory}: stop it first, or use its console.");
        }

        File.Delete(Path.Combine(_directory, "mcp-auth.db"));
        (await Should.ThrowAsync<BrokenSetupException>(() => WithServicesAsync(services => OfflineUsers.AddAsync(services, Email, Password, null, default))))
            .Message.ShouldStartWith("There is no database at ");
        File.Exists(Path.Combine(_directory, "mcp-auth.db")).ShouldBeFalse();
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task RefusedAsync(AccountProblemCode code, Func<IServiceProvider, Task<UserChange>> change) =>
        (await WithServicesAsync(change)).ShouldBeOfType<UserChange.Refused>().Problems.ShouldContain(problem => problem.Code == code);

    private async Task<AuthUser> PersonAsync()
    {
        AuthUser? person = null;
        await WithDatabaseAsync(async db => person = await db.Users().AsNoTracking().SingleAsync());
        return person!;
    }

    private async Task WithDatabaseAsync(Func<SqliteAuthDbContext, Task> act)
    {
        var options = new DbContextOptionsBuilder<SqliteAuthDbContext>().UseSqlite($"Data Source={Path.Combine(_directory, "mcp-auth.db")};Pooling=False").Options;
        await using var db = new SqliteAuthDbContext(options);
        await act(db);
    }

    private async Task<UserChange> WithServicesAsync(Func<IServiceProvider, Task<UserChange>> act)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("DataDirectory", _directory), new("PublicUrl", "http://localhost")]);
        builder.Services.AddAuthentication().AddCookie(IdentityConstants.ApplicationScheme);
        builder.Services.AddAuthCore(builder.Configuration);
        await using var app = builder.Build();
        return await act(app.Services);
    }
}
