using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using AuthCore.Database;
using AuthCore.Grants;
using AuthCore.Registration;
using AuthCore.Users;
using AuthCore.Users.Sessions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using UnitTests.AuthCore.TestKit;
using UnitTests.AuthCore.Users.Sessions;

namespace UnitTests.AuthCore.Storage;

/// <summary>What cleans up is as quick in a million rows as in ten: SQLite's own plan of every statement says so.</summary>
public sealed partial class CleanerPlanTests
{
    /// <summary>Read from end to end on a reading connection, once for a batch of registrations that are due; the lane does not wait for it.</summary>
    private const string OutsideTheLane = """SELECT "c"."ClientId" FROM "Clients" """;

    [Fact]
    public async Task Every_statement_of_a_cleaner_finds_its_rows_by_an_index_and_sorts_nothing()
    {
        var executed = new ExecutedStatements();
        await using var server = await AuthServer.StartWithAsync(services => services.AddLogging(logging => logging.AddProvider(executed)));
        await AddWhatGoesStaleAsync(server);
        executed.Clear();
        server.Time.RunAhead(TimeSpan.FromDays(300));

        await server.Get<IEnumerable<IHostedService>>().OfType<Cleaner>().Single().CleanAsync(CancellationToken.None);
        await server.Get<IEnumerable<IHostedService>>().OfType<SessionUpkeep>().Single().PurgeAsync(CancellationToken.None);
        await server.Get<IEnumerable<IHostedService>>().OfType<RegistrationReport>().Single().TellAsync(CancellationToken.None);

        var statements = executed.All;
        foreach (var table in new[] { "AuthorizationCodes", "AnsweredTickets", "TokenFamilies", "FamilyGenerations", "Clients", "BrowserSessions" })
        {
            statements.ShouldContain(sql => sql.StartsWith($"DELETE FROM \"{table}\"", StringComparison.Ordinal), $"something of {table} was stale");
        }

        await using var connection = new SqliteConnection($"Data Source={Path.Combine(server.DataDirectory, "mcp-auth.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        foreach (var sql in statements)
        {
            var plan = await PlanOfAsync(connection, sql);
            plan.ShouldNotContain(step => step.Contains("TEMP B-TREE", StringComparison.Ordinal), $"{sql}\n{string.Join('\n', plan)}");
            plan.Where(step => step.StartsWith("SCAN ", StringComparison.Ordinal) && step != "SCAN CONSTANT ROW" && !(sql.StartsWith(OutsideTheLane, StringComparison.Ordinal) && step is "SCAN a"))
                .ShouldBeEmpty($"{sql}\n{string.Join('\n', plan)}");
        }
    }

    private static async Task AddWhatGoesStaleAsync(AuthServer server)
    {
        var person = await server.AddPersonAsync("ana@example.org");
        await server.AddClientAsync();
        await server.AddClientAsync("unused");
        await server.BeginAsync(person);
        await server.CodeAsync(person);
        var expired = await server.AddFamilyAsync("client-1", person.UserId());
        var revoked = await server.AddFamilyAsync("client-1", person.UserId());
        await server.AddFamilyAsync("client-1", person.UserId());
        await server.WriteAsync(async unit =>
        {
            unit.Db.Generations().AddRange(new[] { expired, revoked }.Select(family =>
                new FamilyGeneration { FamilyId = family.FamilyId, Generation = 1, At = unit.Now - TimeSpan.FromHours(1), Outcome = GenerationOutcome.Rotated }));
            await unit.Db.SaveChangesAsync();
            return await unit.RevokeFamiliesAsync(family => family.FamilyId == revoked.FamilyId, RevocationReason.Client, "client-1");
        });
        await server.WriteAsync(unit => unit.Db.BrowserSessions().ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, unit.Now)));
    }

    /// <summary>Without values for the parameters: a plan that is right for one value only is none.</summary>
    private static async Task<string[]> PlanOfAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
        foreach (var parameter in Parameter().Matches(sql).Select(match => match.Value).Distinct())
        {
            command.Parameters.AddWithValue(parameter, DBNull.Value);
        }

        List<string> steps = [];
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            steps.Add(reader.GetString(3));
        }

        return [.. steps];
    }

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();

    /// <summary>The text of what Entity Framework sent, on whichever connection.</summary>
    private sealed class ExecutedStatements : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _all = new();

        public IReadOnlyCollection<string> All => [.. _all.Select(sql => Whitespace().Replace(sql, " ").Trim()).Distinct()];

        public void Clear() => _all.Clear();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name?.EndsWith("CommandExecuted", StringComparison.Ordinal) == true
                && state is IEnumerable<KeyValuePair<string, object?>> values && values.FirstOrDefault(value => value.Key == "commandText").Value is string sql)
            {
                _all.Enqueue(sql);
            }
        }

        public void Dispose()
        {
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
