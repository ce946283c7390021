using System.IO.Compression;
using System.Net;
using System.Text.Json;
using AdminConsole.Security;
using AuthCore.Audit;
using AuthCore.Database.Sqlite;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using UnitTests.TestKit;

namespace UnitTests.Console;

/// <summary>
/// What only a clock of its own can show of the data directory that tests/E2E/Upgrade keeps: sealed cookies have an end that no test can move, so this host
/// has the time of a minute after the old one stopped.
/// </summary>
public sealed class DataOfTheVersionBeforeTests
{
    [Fact]
    public async Task Audit_trail_is_one_chain_from_the_old_lines_to_the_new()
    {
        using var host = new OldHost();
        var verifier = host.Services.GetRequiredService<AuditVerifier>();
        var old = (await verifier.VerifyAsync()).Chains[0];
        (old.Writer, old.Finding).ShouldBe(("", AuditFinding.Intact));
        old.Lines.ShouldBeGreaterThan(40);

        await host.Services.GetRequiredService<IWriteLane>().RecordAsync(new TestDone("actor", "subject"));
        var report = await verifier.VerifyAsync();
        report.Chains.Select(chain => chain.Finding).ShouldBe([AuditFinding.Intact, AuditFinding.Intact]);
        await using var db = host.Services.GetRequiredService<SqliteDatabase>().Open();
        var names = await db.Facts().OrderBy(line => line.Sequence).Select(line => line.Name).ToListAsync();
        (names[0], names[^1]).ShouldBe(("client.configured", "test.done"));

        // A hash of before covers no fact, so that none may be put beside it.
        var written = host.Services.GetRequiredService<IWriteLane>();
        await written.WriteAsync(unit => unit.Db.Facts().Where(line => line.Sequence == 2).ExecuteUpdateAsync(set => set.SetProperty(line => line.Data, "{}")));
        (await verifier.VerifyAsync()).Chains[0].ShouldSatisfyAllConditions(chain => chain.Finding.ShouldBe(AuditFinding.Broken), chain => chain.At.ShouldBe(2));
        await written.WriteAsync(unit => unit.Db.Facts().Where(line => line.Sequence == 2).ExecuteUpdateAsync(set => set.SetProperty(line => line.Data, (string?)null)));

        // The keyed chain holds the end of the old one: a cut there shows too.
        await host.Services.GetRequiredService<IWriteLane>().WriteAsync(unit => unit.Db.Facts().Where(line => line.Sequence == old.Lines).ExecuteDeleteAsync());
        (await verifier.VerifyAsync()).Chains[1].Finding.ShouldBe(AuditFinding.Broken);
    }

    [Fact]
    public async Task Browser_that_was_signed_in_is_so_still_and_is_a_known_device()
    {
        using var host = new OldHost();
        using var browser = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        browser.DefaultRequestHeaders.Add("Cookie", $"session={host.Kept("SessionCookie")}");
        using var page = await browser.GetAsync(new Uri("/account/sessions", UriKind.Relative));
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain("ana@example.com");
        html.ShouldContain("This browser");

        var request = new DefaultHttpContext { Request = { Headers = { Cookie = $"device={host.Kept("DeviceCookie")}" } } };
        host.Services.GetRequiredService<DeviceCookie>().Read(request).ShouldNotBeNull();
    }

    private sealed class OldHost : WebApplicationFactory<Program>
    {
        private readonly string _data = Directory.CreateTempSubdirectory("version-before-").FullName;
        private readonly JsonElement _kept;

        public OldHost()
        {
            ZipFile.ExtractToDirectory(Path.Combine(Repository.Root, "tests", "E2E", "Upgrade", "0.1.0.zip"), _data);
            _kept = JsonElement.Parse(File.ReadAllText(Path.Combine(_data, "keepsake.json")));
        }

        public string Kept(string name) => _kept.GetProperty(name).GetString()!;

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("DataDirectory", _data);
            builder.UseSetting("PublicUrl", "http://localhost");
            builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(new ManualTime(_kept.GetProperty("MadeAt").GetDateTimeOffset().AddMinutes(1))));
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing && Directory.Exists(_data))
            {
                Directory.Delete(_data, recursive: true);
            }
        }
    }
}
