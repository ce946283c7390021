using Microsoft.EntityFrameworkCore;

namespace AuthCore.Storage.Sqlite;

/// <summary>The schema on SQLite.</summary>
internal sealed class SqliteAuthDbContext(DbContextOptions<SqliteAuthDbContext> options) : AuthDbContext(options);
