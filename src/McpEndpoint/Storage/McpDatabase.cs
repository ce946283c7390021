using System.Data.Common;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace McpEndpoint.Storage;

/// <summary>Opens the context for reading, or joins it to a unit of the write lane.</summary>
internal sealed class McpDatabase(IDatabase database)
{
    private readonly DbContextOptions<McpDbContext> _reading = Options(builder => database.UseForReading(builder, McpDbContext.MigrationsHistory));

    public McpDbContext OpenForReading() => new(_reading);

    /// <summary>What is written is part of the unit's transaction, and gone with it.</summary>
    public McpDbContext Join(WriteUnit unit)
    {
        var context = OpenOn(unit.Connection);
        context.Database.UseTransaction(unit.Transaction);
        return context;
    }

    public McpDbContext OpenOn(DbConnection connection) =>
        new(Options(builder => database.UseForWriting(builder, connection, McpDbContext.MigrationsHistory)));

    private static DbContextOptions<McpDbContext> Options(Action<DbContextOptionsBuilder<McpDbContext>> configure)
    {
        var builder = new DbContextOptionsBuilder<McpDbContext>();
        configure(builder);
        return builder.Options;
    }
}
