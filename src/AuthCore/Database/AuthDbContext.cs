using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Database;

/// <summary>Every durable table of the authorization server: each feature configures its own. A provider derives from it and brings its migrations.</summary>
internal abstract class AuthDbContext(DbContextOptions options) : IdentityDbContext<AuthUser, IdentityRole, string>(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AuthDbContext).Assembly);
    }

    /// <summary>Time is Unix milliseconds: it sorts and compares the same in every database.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
}
