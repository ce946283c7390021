using System.Net;
using System.Security.Claims;
using System.Text.Json;
using AuthCore;
using AuthCore.Audit;
using AuthCore.Clients;
using AuthCore.Database.Sqlite;
using AuthCore.Grants;
using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using AuthCore.Token;
using AuthCore.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.TestKit;

/// <summary>The authorization server in memory: the real pipeline on a real database file, with people, clients and families that a test makes.</summary>
internal sealed class AuthServer : IAsyncDisposable
{
    public const string Issuer = "http://localhost";

    /// <summary>A request may say in this header from which address it comes.</summary>
    public const string AddressHeader = "X-Test-Address";

    /// <summary>The claim in which a session keeps the person's security stamp.</summary>
    private static readonly string SecurityStamp = new ClaimsIdentityOptions().SecurityStampClaimType;

    private readonly WebApplication _app;
    private bool _stopped;
    private bool _handedOver;

    private AuthServer(WebApplication app, string directory)
    {
        _app = app;
        DataDirectory = directory;
        Http = app.GetTestClient();
        Time = (ManualTime)Get<TimeProvider>();
    }

    public HttpClient Http { get; }

    public ManualTime Time { get; }

    public string DataDirectory { get; }

    public static Task<AuthServer> StartAsync(params (string Key, string? Value)[] settings) =>
        StartAnewAsync(settings, []);

    /// <summary>A host with services of its own: hooks.</summary>
    public static Task<AuthServer> StartWithAsync(Action<IServiceCollection> configure) =>
        StartAnewAsync([], [], configure);

    /// <summary>A host that finds its directory empty, and applies its migrations itself.</summary>
    public static Task<AuthServer> StartOnNothingAsync() =>
        StartAsync(Directory.CreateTempSubdirectory("auth-server-").FullName, new ManualTime(), [], []);

    /// <summary>A host that knows more scopes.</summary>
    public static Task<AuthServer> StartWithAsync(params ScopeDefinition[] scopes) =>
        StartAnewAsync([], scopes);

    /// <summary>Stops this host and starts another one on its data and its clock.</summary>
    public async Task<AuthServer> RestartAsync(params (string Key, string? Value)[] settings)
    {
        await StopAsync();
        var next = await StartAsync(DataDirectory, Time, settings, []);
        _handedOver = true;
        return next;
    }

    private static async Task<AuthServer> StartAnewAsync((string Key, string? Value)[] settings, ScopeDefinition[] scopes, Action<IServiceCollection>? configure = null)
    {
        var directory = Directory.CreateTempSubdirectory("auth-server-").FullName;
        try
        {
            MigratedDatabase.PutAuth(directory);
            return await StartAsync(directory, new ManualTime(), settings, scopes, configure);
        }
        catch
        {
            Directory.Delete(directory, recursive: true);
            throw;
        }
    }

    private static async Task<AuthServer> StartAsync(
        string directory, ManualTime time, (string Key, string? Value)[] settings, IEnumerable<ScopeDefinition> scopes, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "AuthCore" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection([new("PublicUrl", Issuer), new("DataDirectory", directory), new("RateLimits:Enabled", "false")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(new ScopeDefinition("read:secret", "Read", "", ScopeRisk.Read));
        builder.Services.AddSingleton(new ScopeDefinition("write", "Write", "", ScopeRisk.Change));
        builder.Services.AddSingleton(new ScopeDefinition("hidden", "Hidden", "", ScopeRisk.Read, Advertised: false));
        foreach (var scope in scopes)
        {
            builder.Services.AddSingleton(scope);
        }

        builder.Services.AddAuthentication().AddCookie(IdentityConstants.ApplicationScheme);
        builder.Services.AddAuthCore(builder.Configuration);
        builder.Services.AddSingleton<IFactProjection, TestProjection>().AddFactsOf(typeof(TestDone).Assembly);
        builder.Services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1_000);
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse((string?)context.Request.Headers[AddressHeader] ?? "192.0.2.1");
            return next(context);
        });
        app.UseRouting();
        app.UseAuthCore();
        app.MapAuthCore();
        app.MapSignIn();
        try
        {
            await app.StartAsync();
            return new AuthServer(app, directory);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public DbContext Read() => Get<SqliteDatabase>().Open();

    public Task<T> WriteAsync<T>(Func<WriteUnit, Task<T>> work) => Get<IWriteLane>().WriteAsync(work);

    public Task<Client> AddClientAsync(
        string clientId = "client-1", string? secret = null, string? authMethod = null, ClientOrigin origin = ClientOrigin.Dynamic, string name = "A client") =>
        WriteAsync(async unit =>
        {
            var client = new Client
            {
                ClientId = clientId,
                Name = name,
                Origin = origin,
                AuthMethod = authMethod ?? (secret is null ? "none" : "client_secret_basic"),
                SecretHash = secret is null ? null : TokenHash.Of(secret).Value,
                RedirectUris = ["http://127.0.0.1/callback"],
                GrantTypes = [.. GrantTypes.DefaultForRegistration],
                ApplicationType = "native",
                CreatedAt = unit.Now,
            };
            unit.Db.Clients().Add(client);
            await unit.Db.SaveChangesAsync();
            return client;
        });

    /// <summary>Takes every row but roles and keys, so that the next test of a class finds the host as if it had just started. The clock stays where it is.</summary>
    public Task<int> EmptyAsync() => WriteAsync(async unit =>
    {
        foreach (var clientId in await unit.Db.Clients().Select(client => client.ClientId).ToListAsync())
        {
            // A statement behind everybody's back: who keeps clients in memory must hear of it.
            Get<ClientStore>().Apply(new RecordedFact(new ClientConfigured(clientId, ""), unit.Now, unit.Origin));
        }

        var tables = await unit.Db.Database.SqlQuery<string>($"SELECT name FROM sqlite_master WHERE type = 'table'").ToListAsync();
        await using var command = unit.Connection.CreateCommand();
        command.Transaction = unit.Transaction;
        command.CommandText = "PRAGMA defer_foreign_keys=ON;" + string.Concat(tables.Where(IsEmptied).Select(table => $"""DELETE FROM "{table}";"""));
        return await command.ExecuteNonQueryAsync();

        static bool IsEmptied(string table) =>
            !table.StartsWith("sqlite_", StringComparison.Ordinal) && !table.StartsWith("__EF", StringComparison.Ordinal) && table is not ("AspNetRoles" or "SigningKeys" or "DataProtectionKeys");
    });

    /// <summary>Adds a person who can sign in.</summary>
    /// <returns>Their identifier.</returns>
    public async Task<string> AddPersonWithPasswordAsync(string email, string password)
    {
        var user = (await Get<NewUsers>().PrepareAsync(email, password, CancellationToken.None)).ShouldBeOfType<PreparedUser.Ready>().User;
        await WriteAsync(unit =>
        {
            unit.Db.Users().Add(user);
            return unit.Db.SaveChangesAsync();
        });
        return user.Id;
    }

    /// <summary>A session as it would begin now.</summary>
    public async Task<ClaimsPrincipal> SessionOfAsync(string userId)
    {
        await using var db = Read();
        return SessionOf(await db.Users().SingleAsync(user => user.Id == userId));
    }

    /// <summary>Adds a person who cannot sign in, but can be asked what they may do.</summary>
    public Task<ClaimsPrincipal> AddPersonAsync(string email, string? role = null) => WriteAsync(async unit =>
    {
        var user = new AuthUser
        {
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            CreatedAt = unit.Now,
        };
        unit.Db.Users().Add(user);
        if (role is not null)
        {
            var roleId = await unit.Db.Roles().Where(known => known.Name == role).Select(known => known.Id).SingleAsync();
            unit.Db.UserRoles().Add(new IdentityUserRole<string> { UserId = user.Id, RoleId = roleId });
        }

        await unit.Db.SaveChangesAsync();
        return SessionOf(user);
    });

    /// <param name="clientId">Whose tokens.</param>
    /// <param name="userId">In whose name; null for a client that acts for itself.</param>
    /// <param name="refreshable">Whether it has refresh tokens.</param>
    /// <param name="createdFrom">From which address it was made.</param>
    public Task<TokenFamily> AddFamilyAsync(string clientId, string? userId, bool refreshable = true, string? createdFrom = null) => WriteAsync(async unit =>
    {
        var family = new TokenFamily
        {
            FamilyId = Guid.CreateVersion7(unit.Now).ToString("N"),
            UserId = userId,
            ClientId = clientId,
            RedirectHost = userId is null ? null : "127.0.0.1",
            Resource = Get<PublicOrigin>().DefaultResource,
            Scopes = "read:secret",
            Secret = [1, 2, 3, 4],
            Refreshable = refreshable,
            Generation = 1,
            RotatedAt = unit.Now,
            AuthenticatedAt = unit.Now,
            CreatedAt = unit.Now,
            CreatedFrom = createdFrom,
            ExpiresAt = unit.Now.AddDays(14),
            AbsoluteExpiresAt = unit.Now.AddDays(30),
        };
        unit.Db.Families().Add(family);
        await unit.Db.SaveChangesAsync();
        return family;
    });

    /// <summary>The tokens of a family's newest generation.</summary>
    public TokenResponse TokensOf(TokenFamily family) => Get<TokenEndpoint>().Answer(new GrantOutcome.Issued(family, family.Generation, ScopeSet.Of("read:secret")));

    public bool Accepts(string accessToken) =>
        Get<IAccessTokenValidator>().Validate(accessToken, Get<PublicOrigin>().DefaultResource) is AccessTokenValidation.Valid;

    public Task<TokenFamily> ReloadAsync(TokenFamily family) => Read().Families().SingleAsync(row => row.FamilyId == family.FamilyId);

    /// <summary>Waits for the background to revoke what is left of somebody who is disabled.</summary>
    public async Task UntilNoneRemainsAsync(DisabledParty who)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await Get<RemainingFamilies>().CountAsync(who, limit.Token) > 0)
        {
            // Each look is a unit's turn behind what is under way.
            await WriteAsync(_ => Task.FromResult(true));
        }
    }

    public Task<HttpResponseMessage> PostFormAsync(string path, params (string Name, string Value)[] form) =>
        Http.PostAsync(path, new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (!_handedOver && Directory.Exists(DataDirectory))
        {
            Directory.Delete(DataDirectory, recursive: true);
        }
    }

    private static ClaimsPrincipal SessionOf(AuthUser user) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, user.Id), new Claim(SecurityStamp, user.SecurityStamp!)], IdentityConstants.ApplicationScheme));

    private async Task StopAsync()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>What a test asks of an answer.</summary>
internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    public static async Task<string?> ErrorAsync(this HttpResponseMessage response) =>
        (await response.JsonAsync()).GetProperty("error").GetString();

    public static string UserId(this ClaimsPrincipal person) => person.FindFirstValue(ClaimTypes.NameIdentifier)!;
}
