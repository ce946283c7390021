using AuthCore.Database.Sqlite;
using McpEndpoint.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace UnitTests.Architecture.Tables;

/// <summary>Every table has an owner, a lifetime and a cleaner, and <c>docs/storage.md</c> says which.</summary>
public sealed class TableOwnersTests
{
    /// <summary>Tables from which nothing is removed, and why that is bounded or has to be.</summary>
    private static readonly Dictionary<string, string> KeptForEver = new()
    {
        ["AspNetUsers"] = "people are disabled, not deleted: audit lines and families name them",
        ["AspNetRoles"] = "one row a role",
        ["AspNetUserRoles"] = "a few rows a person",
        ["AspNetUserClaims"] = "Identity's; nothing writes to it",
        ["AspNetUserLogins"] = "Identity's; nothing writes to it",
        ["AspNetUserTokens"] = "Identity's; nothing writes to it",
        ["AspNetRoleClaims"] = "Identity's; nothing writes to it",
        ["SigningKeys"] = "one row a rotation, which an operator asks for",
        ["DataProtectionKeys"] = "four rows a year, and the old ones open what they sealed",
        ["Facts"] = "the trail is complete or it is none",
        ["FactCursors"] = "one row a reader",
    };

    private static readonly IEntityType[] Tables = [.. Models().SelectMany(model => model.GetEntityTypes())];

    private static readonly Lazy<Cleaners> Registered = new(() => new Cleaners());

    public static TheoryData<string> Names => [.. Tables.Select(table => table.GetTableName()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_table_is_documented_with_the_folder_of_its_entity(string table)
    {
        var owner = DocumentedTables.Owner(table).ShouldNotBeNull("docs/storage.md has a row for every table");
        if (IsOurs(Entity(table)))
        {
            owner.ShouldBe(Entity(table).Namespace!.Replace('.', '/'));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_configuration_of_a_table_is_beside_its_entity(string table)
    {
        var entity = Entity(table);
        var configuration = typeof(IEntityTypeConfiguration<>).MakeGenericType(entity);
        var found = new[] { typeof(SqliteAuthDbContext), typeof(McpDbContext) }.SelectMany(context => context.Assembly.GetTypes()).Where(type => type.IsAssignableTo(configuration)).ToArray();
        found.ShouldAllBe(type => type.Namespace == entity.Namespace);
        if (IsOurs(entity) && !table.StartsWith("AspNet", StringComparison.Ordinal))
        {
            found.ShouldHaveSingleItem();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_table_is_cleaned_by_what_the_host_runs_or_kept_for_a_reason(string table)
    {
        if (KeptForEver.TryGetValue(table, out var reason))
        {
            DocumentedTables.Lifetime(table).ShouldMatch("^(kept|empty)", $"here it is kept: {reason}");
        }
        else if (ParentOf(table) is { } parent)
        {
            DocumentedTables.Lifetime(table).ShouldContain("goes with its");
            KeptForEver.ShouldNotContainKey(parent, "then its rows would stay as well");
        }
        else
        {
            var cleaners = DocumentedTables.NamedCleaners(table).Where(Registered.Value.IsRegistered).ToArray();
            cleaners.ShouldNotBeEmpty($"docs/storage.md names nothing that is registered and cleans {table}: add an ICleanup, or a reason to {nameof(KeptForEver)}");
            // The telemetry file is written in SQL, without the entities.
            (IsTelemetry(table) || cleaners.Any(cleaner => Registered.Value.Cleans(cleaner, Entity(table)))).ShouldBeTrue($"{string.Join(", ", cleaners)}: none handles {Entity(table).Name}");
        }
    }

    [Fact]
    public void What_is_documented_or_kept_for_ever_exists() =>
        DocumentedTables.Names.Concat(KeptForEver.Keys).Except(Tables.Select(table => table.GetTableName()!)).ShouldBeEmpty();

    [Fact]
    public void The_telemetry_file_holds_the_tables_of_the_model_and_no_others()
    {
        var directory = Directory.CreateTempSubdirectory("telemetry-tables-");
        try
        {
            using var connection = new TelemetryFile(Path.Combine(directory.FullName, "telemetry.db")).Open();
            using var query = connection.CreateCommand();
            query.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
            using var reader = query.ExecuteReader();
            reader.Cast<System.Data.Common.DbDataRecord>().Select(row => row.GetString(0)).ShouldBe(Tables.Select(table => table.GetTableName()!).Where(IsTelemetry), ignoreOrder: true);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            directory.Delete(recursive: true);
        }
    }

    private static IEnumerable<IModel> Models()
    {
        using var auth = new SqliteAuthDbContext(new DbContextOptionsBuilder<SqliteAuthDbContext>().UseSqlite("Data Source=:memory:").Options);
        using var mcp = new McpDbContext(new DbContextOptionsBuilder<McpDbContext>().UseSqlite("Data Source=:memory:").Options);
        return [auth.GetService<IDesignTimeModel>().Model, mcp.GetService<IDesignTimeModel>().Model];
    }

    private static Type Entity(string table) => Table(table).ClrType;

    private static IEntityType Table(string table) => Tables.Single(type => type.GetTableName() == table);

    private static bool IsOurs(Type entity) => entity.Assembly == typeof(SqliteAuthDbContext).Assembly || entity.Assembly == typeof(McpDbContext).Assembly;

    private static bool IsTelemetry(string table) => Table(table).IsTableExcludedFromMigrations();

    /// <summary>The table whose rows take theirs along when they are deleted.</summary>
    private static string? ParentOf(string table) => Table(table).GetForeignKeys()
        .Where(key => key.DeleteBehavior == DeleteBehavior.Cascade).Select(key => key.PrincipalEntityType.GetTableName()).FirstOrDefault();
}
