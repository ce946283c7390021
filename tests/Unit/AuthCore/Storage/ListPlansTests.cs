using System.Text.RegularExpressions;
using AuthCore.Accounts;
using AuthCore.Audit;
using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Storage;

/// <summary>How each list is read when it is long: along an index, without reading a big table from end to end and without sorting it.</summary>
public sealed partial class ListPlansTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What is known to cost more, and why it does.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["families Generation"] = "each refresh changes it: an index would be written by each",
        ["clients LastUsedAt"] = "it is the latest of the client's families, which each of them keeps for itself",
        ["clients LiveFamilies"] = "it is counted, client by client, in an index",
    };

    public static TheoryData<FamilySort?, bool, FamilyState?, string> FamilyViews()
    {
        var views = new TheoryData<FamilySort?, bool, FamilyState?, string>();
        foreach (var sort in (FamilySort?[])[null, .. Enum.GetValues<FamilySort>()])
        {
            foreach (var descending in (bool[])[false, true])
            {
                foreach (var state in (FamilyState?[])[null, .. Enum.GetValues<FamilyState>()])
                {
                    foreach (var filter in (string[])["", "client", "user", "reused", "search"])
                    {
                        views.Add(sort, descending, state, filter);
                    }
                }
            }
        }

        return views;
    }

    public static TheoryData<ClientSort?, bool, ClientOrigin?, bool?> ClientViews()
    {
        var views = new TheoryData<ClientSort?, bool, ClientOrigin?, bool?>();
        foreach (var sort in (ClientSort?[])[null, .. Enum.GetValues<ClientSort>()])
        {
            foreach (var descending in (bool[])[false, true])
            {
                foreach (var origin in (ClientOrigin?[])[null, .. Enum.GetValues<ClientOrigin>()])
                {
                    foreach (var disabled in (bool?[])[null, false, true])
                    {
                        views.Add(sort, descending, origin, disabled);
                    }
                }
            }
        }

        return views;
    }

    [Theory]
    [MemberData(nameof(FamilyViews))]
    public async Task A_long_list_of_families_is_read_along_an_index(FamilySort? sort, bool descending, FamilyState? state, string filter)
    {
        await using var db = shared.Server.Read();
        var query = new FamilyQuery
        {
            SortBy = sort,
            Descending = descending,
            State = state,
            ClientId = filter == "client" ? "a" : null,
            UserId = filter == "user" ? "a" : null,
            OnlyReused = filter == "reused",
            Search = filter == "search" ? "a" : null,
        };
        var families = await FamilyFilter.OfAsync(db, query, Now, CancellationToken.None);
        // Whom a text means is looked up by name, in an index of names or among people, of whom there are few.
        await ShouldCountAsync(db, families.Look(db.Families()), filter == "search" ? ["AspNetUsers", "Clients"] : []);
        await ShouldWalkAsync(db, FamilyOrder.Along(db, families, query), filter == "search" ? ["AspNetUsers", "Clients"] : [], Exceptions.ContainsKey($"families {sort}"));
    }

    [Theory]
    [MemberData(nameof(ClientViews))]
    public async Task A_long_list_of_clients_is_read_along_an_index(ClientSort? sort, bool descending, ClientOrigin? origin, bool? disabled)
    {
        await using var db = shared.Server.Read();
        var query = new ClientQuery { SortBy = sort, Descending = descending, Origin = origin, Disabled = disabled };
        var clients = new global::AuthCore.Registration.ClientFilter(query);
        await ShouldCountAsync(db, clients.Look(db.Clients()), []);
        var sorted = global::AuthCore.Registration.ClientDirectory.Sort(db, clients.Sift(db.Clients()), query, few: false, Now);
        await ShouldWalkAsync(db, sorted, [], Exceptions.ContainsKey($"clients {sort}"));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(UserSort.Email, false)]
    [InlineData(UserSort.Email, true)]
    [InlineData(UserSort.CreatedAt, false)]
    [InlineData(UserSort.CreatedAt, true)]
    public async Task People_are_read_along_an_index(UserSort? sort, bool descending)
    {
        await using var db = shared.Server.Read();
        await ShouldWalkAsync(db, UserDirectory.Sort(db.Users(), new ListQuery<UserSort> { SortBy = sort, Descending = descending }), []);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_audit_trail_is_read_along_its_key(bool descending)
    {
        await using var db = shared.Server.Read();
        // The key of this table is its own order.
        await ShouldWalkAsync(db, db.Facts().By(fact => fact.Sequence, descending), ["Facts"]);
    }

    private static async Task ShouldCountAsync<T>(DbContext db, IQueryable<T> rows, string[] scanned) =>
        (await PlanAsync(db, rows.Select(_ => 1).Take(RowCount.Far), scanned)).Where(ReadsAll).ShouldBeEmpty();

    private static async Task ShouldWalkAsync<T>(DbContext db, IQueryable<T> rows, string[] scanned, bool isException = false)
    {
        var plan = await PlanAsync(db, rows.Take(25), scanned);
        // Rows of one moment may be put in order among themselves, which is called otherwise.
        var costs = plan.Any(ReadsAll) || plan.Contains("USE TEMP B-TREE FOR ORDER BY");
        costs.ShouldBe(isException, string.Join('\n', plan));
    }

    // A list that came as a parameter is read to its end too.
    private static bool ReadsAll(string step) =>
        step.StartsWith("SCAN", StringComparison.Ordinal) && !step.Contains(" USING ", StringComparison.Ordinal) && !step.Contains(" VIRTUAL TABLE ", StringComparison.Ordinal);

    /// <summary>The steps, but for those that read a table which may be read from end to end.</summary>
    private static async Task<List<string>> PlanAsync<T>(DbContext db, IQueryable<T> rows, string[] scanned)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = rows.CreateDbCommand();
        var allowed = Aliases().Matches(command.CommandText).Where(alias => scanned.Contains(alias.Groups[1].Value)).Select(alias => $"SCAN {alias.Groups[2].Value}").ToHashSet(StringComparer.Ordinal);
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync())
        {
            steps.Add(reader.GetString(3));
        }

        steps.ShouldNotBeEmpty();
        return [.. steps.Where(step => !allowed.Contains(step))];
    }

    [GeneratedRegex("""
        "(\w+)" AS "(\w+)"
        """)]
    private static partial Regex Aliases();
}
