using System.Net;
using System.Text;
using AuthCore.Audit;
using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Registration;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Registration;

public sealed class UnusedRegistrationCapTests
{
    [Fact]
    public async Task The_oldest_go_when_there_are_too_many()
    {
        await using var server = await AuthServer.StartAsync(("Registration:MaxUnused", "10"));
        var registered = await RegisterAsync(server, 25);
        (await LeftAsync(server)).ShouldBe(registered[15..], ignoreOrder: true);
    }

    [Fact]
    public async Task The_oldest_go_when_they_are_too_big()
    {
        await using var server = await AuthServer.StartAsync(("Registration:MaxUnusedBytes", "65536"));
        var registered = await RegisterAsync(server, 40, uri: "https://app.example/" + new string('p', 480), uris: 6);
        await using var db = server.Read();
        var left = await LeftAsync(server);
        left.ShouldBe(registered[^left.Length..], ignoreOrder: true);
        left.Length.ShouldBeLessThan(40);
        (await db.Clients().SumAsync(client => client.Size)).ShouldBeInRange(60_000, 65_536);
    }

    [Fact]
    public async Task A_client_that_was_allowed_configured_or_disabled_is_neither_counted_nor_dropped()
    {
        await using var server = await AuthServer.StartAsync(("Registration:MaxUnused", "10"));
        var person = await server.AddPersonAsync("ana@example.org");
        await server.AddClientAsync();
        await server.CodeAsync(person);
        await server.AddClientAsync("configured", origin: ClientOrigin.Preregistered);
        await server.AddClientAsync("ended");
        await server.WriteAsync(unit => unit.Db.Clients().Where(client => client.ClientId == "ended").ExecuteUpdateAsync(set => set.SetProperty(client => client.DisabledAt, unit.Now)));

        var registered = await RegisterAsync(server, 15);
        (await LeftAsync(server)).ShouldBe(["client-1", "configured", "ended", .. registered[5..]], ignoreOrder: true);
    }

    [Fact]
    public async Task A_client_that_was_enabled_again_counts_again()
    {
        await using var server = await AuthServer.StartAsync(("Registration:MaxUnused", "10"));
        var ana = await server.AddPersonAsync("ana@example.org", Roles.Operator);
        var registered = await RegisterAsync(server, 10);
        await server.WriteAsync(unit => unit.DisableClientAsync(registered[0], "ana"));
        await RegisterAsync(server, 1);
        (await LeftAsync(server)).Length.ShouldBe(11, "the disabled one is kept, and not counted");

        (await server.Get<IClientDirectory>().EnableAsync(ana, registered[0])).ShouldBeTrue();
        await RegisterAsync(server, 1);
        (await LeftAsync(server)).Length.ShouldBe(10);
    }

    [Fact]
    public async Task What_waits_for_a_person_goes_last()
    {
        await using var server = await AuthServer.StartAsync(("Registration:MaxUnused", "10"));
        var person = await server.AddPersonAsync("ana@example.org");
        await server.AddClientAsync("sent");
        await server.AuthorizeAsync(("client_id", "sent"));
        await server.AddClientAsync("asked");
        await server.BoundTicketAsync(person, ("client_id", "asked"));

        var flood = await RegisterAsync(server, 30);
        (await LeftAsync(server)).ShouldBe(["sent", "asked", .. flood[^8..]], ignoreOrder: true);

        // An anonymous caller can send every client of a flood to the sign-in page, and none before a person.
        foreach (var clientId in flood[^8..])
        {
            await server.AuthorizeAsync(("client_id", clientId), ("redirect_uri", "https://app.example/callback"));
        }

        var more = await RegisterAsync(server, 3);
        (await LeftAsync(server)).ShouldContain("asked");
        more = [.. more, .. await RegisterAsync(server, 9)];
        (await LeftAsync(server)).ShouldContain("asked");
        (await LeftAsync(server)).ShouldContain(more[^1]);
    }

    [Fact]
    public async Task A_request_that_can_no_longer_be_answered_protects_nothing()
    {
        await using var server = await AuthServer.StartAsync(("Registration:MaxUnused", "10"));
        await server.AddClientAsync("sent");
        await server.AuthorizeAsync(("client_id", "sent"));
        server.Time.Advance(TimeSpan.FromMinutes(11));
        await RegisterAsync(server, 10);
        (await LeftAsync(server)).ShouldNotContain("sent");
    }

    [Fact]
    public async Task Lowered_settings_are_met_by_and_by()
    {
        var before = await AuthServer.StartAsync();
        await RegisterAsync(before, 300);
        await using var server = await before.RestartAsync(("Registration:MaxUnused", "10"));
        await RegisterAsync(server, 1);
        (await LeftAsync(server)).Length.ShouldBe(301 - 256);
        await RegisterAsync(server, 1);
        (await LeftAsync(server)).Length.ShouldBe(10);
    }

    [Fact]
    public async Task What_was_dropped_is_counted_and_told_once_a_minute()
    {
        await using var server = await AuthServer.StartAsync(("Registration:MaxUnused", "10"));
        var viewer = await server.AddPersonAsync("vera@example.org", "viewer");
        await RegisterAsync(server, 45);
        var report = server.Get<IEnumerable<IHostedService>>().OfType<RegistrationReport>().Single();
        await report.TellAsync(CancellationToken.None);
        (await ToldAsync(server)).ShouldBeEmpty("the minute is not over");

        server.Time.Advance(TimeSpan.FromMinutes(1));
        await report.TellAsync(CancellationToken.None);
        await report.TellAsync(CancellationToken.None);
        var told = (await ToldAsync(server)).ShouldHaveSingleItem();
        (told.More, told.Dropped).ShouldBe((15, 35));
        told.Bytes.ShouldBePositive();
        await using var db = server.Read();
        (await db.Facts().CountAsync(line => line.Name == "client.registered")).ShouldBe(30);

        var clients = server.Get<IClientDirectory>();
        (await clients.CountDroppedAsync(viewer, server.Time.GetUtcNow().AddDays(-1))).ShouldBe(35);
        server.Time.Advance(TimeSpan.FromDays(8));
        (await clients.CountDroppedAsync(viewer, server.Time.GetUtcNow().AddDays(-1))).ShouldBe(0);
        await RegisterAsync(server, 1);
        server.Time.Advance(TimeSpan.FromMinutes(1));
        await report.TellAsync(CancellationToken.None);
        (await db.RegistrationMinutes().CountAsync()).ShouldBe(1, "what is a week old is gone");
    }

    [Fact]
    public async Task One_registration_has_a_size_of_its_own_to_keep_within()
    {
        await using var server = await AuthServer.StartAsync();
        var localized = string.Join(',', Enumerable.Range(0, 40).Select(tag => $"\"client_name#x{tag}\":\"{new string('n', 200)}\""));
        (await PostAsync(server, $$"""{"redirect_uris":["https://app.example/cb"],{{localized}}}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(server, $$"""{"redirect_uris":["https://app.example/{{new string('p', 512)}}"]}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await LeftAsync(server)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Counting_reads_one_small_index()
    {
        await using var server = await AuthServer.StartAsync();
        await using var db = server.Read();
        var query = db.Clients().Where(client => client.Origin == ClientOrigin.Dynamic && client.LastGrantedAt == null && client.DisabledAt == null)
            .GroupBy(_ => 1).Select(all => new { Count = all.Count(), Bytes = all.Sum(client => (long)client.Size) }).ToQueryString();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + query;
        await db.Database.OpenConnectionAsync();
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<string>();
        while (await reader.ReadAsync())
        {
            steps.Add(reader.GetString(3));
        }

        steps.ShouldContain(step => step.Contains("COVERING INDEX IX_Clients_Unused", StringComparison.Ordinal));
    }

    private static async Task<string[]> RegisterAsync(AuthServer server, int count, string uri = "https://app.example/callback", int uris = 1)
    {
        var registered = new List<string>();
        for (var i = 0; i < count; i++)
        {
            // So that their order is that of their times.
            server.Time.Advance(TimeSpan.FromMilliseconds(10));
            var all = string.Join(',', Enumerable.Range(0, uris).Select(n => $"\"{uri}{(n == 0 ? "" : n)}\""));
            var answer = await PostAsync(server, $$"""{"redirect_uris":[{{all}}],"token_endpoint_auth_method":"none"}""");
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
            registered.Add((await answer.JsonAsync()).GetProperty("client_id").GetString()!);
        }

        return [.. registered];
    }

    private static async Task<HttpResponseMessage> PostAsync(AuthServer server, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await server.Http.PostAsync("/register", content);
    }

    private static async Task<string[]> LeftAsync(AuthServer server)
    {
        await using var db = server.Read();
        return await db.Clients().Select(client => client.ClientId).ToArrayAsync();
    }

    private static async Task<RegistrationsTold[]> ToldAsync(AuthServer server)
    {
        await using var db = server.Read();
        var lines = await db.Facts().Where(line => line.Name == "registrations.told").ToListAsync();
        return [.. lines.Select(line => (RegistrationsTold)server.Get<FactCatalog>().Read(line)!)];
    }
}
