using AuthCore.Audit;
using AuthCore.Clients;
using AuthCore.Clients.Registration;
using AuthCore.Consent;
using AuthCore.Keys;
using AuthCore.Telemetry;
using AuthCore.Token;
using AuthCore.TokenFamilies;
using AuthCore.Users;
using AuthCore.Users.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Storage;

/// <summary>Every durable table of the authorization server. A provider derives from it and brings its migrations.</summary>
internal abstract class AuthDbContext(DbContextOptions options) : IdentityDbContext<AuthUser, IdentityRole, string>(options)
{
    public DbSet<Client> Clients => Set<Client>();

    public DbSet<RegistrationMinute> RegistrationMinutes => Set<RegistrationMinute>();

    public DbSet<TokenFamily> Families => Set<TokenFamily>();

    public DbSet<FamilyGeneration> Generations => Set<FamilyGeneration>();

    public DbSet<AuthorizationCode> Codes => Set<AuthorizationCode>();

    public DbSet<AnsweredTicket> AnsweredTickets => Set<AnsweredTicket>();

    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    public DbSet<AuditLine> AuditLines => Set<AuditLine>();

    public DbSet<BrowserSession> BrowserSessions => Set<BrowserSession>();

    public DbSet<FamilyActivity> FamilyActivity => Set<FamilyActivity>();

    public DbSet<RateLimitHit> RateLimitHits => Set<RateLimitHit>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AuthDbContext).Assembly);
    }

    /// <summary>Time is Unix milliseconds: it sorts and compares the same in every database.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
}
