using System.Net;
using AuthCore.Http;
using AuthCore.RateLimits;
using AuthCore.Telemetry;
using AuthCore.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.RateLimits;

public class RateLimitTests
{
    private const string Metadata = "/.well-known/oauth-authorization-server";

    [Fact]
    public async Task Beyond_the_allowance_an_endpoint_says_429_in_its_own_words()
    {
        await using var server = await LimitedAsync("Metadata");
        (await GetAsync(server)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await GetAsync(server)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = await GetAsync(server);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        refused.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await refused.ErrorAsync()).ShouldBe("temporarily_unavailable");
    }

    [Fact]
    public async Task Another_address_has_its_own_allowance_and_a_forwarded_header_is_none()
    {
        await using var server = await LimitedAsync("Metadata");
        await GetAsync(server);
        await GetAsync(server);
        using var spoofed = new HttpRequestMessage(HttpMethod.Get, Metadata);
        spoofed.Headers.Add("X-Forwarded-For", "203.0.113.99");
        (await server.Http.SendAsync(spoofed)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await GetAsync(server, "198.51.100.1")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_person_in_front_of_a_browser_gets_a_page_of_the_host()
    {
        await using var server = await LimitedAsync("Authorize");
        await server.Http.GetAsync("/authorize");
        await server.Http.GetAsync("/authorize");
        var refused = await server.Http.GetAsync("/authorize");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await refused.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Registrations_of_everybody_share_a_budget_that_one_flood_does_not_spend()
    {
        await using var server = await AuthServer.StartAsync(
            ("RateLimits:Enabled", "true"), ("RateLimits:Register:Permits", "2"), ("RateLimits:Register:Window", "01:00:00"),
            ("RateLimits:RegisterForHost:Permits", "3"), ("RateLimits:RegisterForHost:Window", "01:00:00"));
        for (var i = 0; i < 10; i++)
        {
            (await RegisterAsync(server, "192.0.2.1")).ShouldBe(i < 2 ? HttpStatusCode.BadRequest : HttpStatusCode.TooManyRequests);
        }

        (await RegisterAsync(server, "192.0.2.2")).ShouldBe(HttpStatusCode.BadRequest);
        (await RegisterAsync(server, "192.0.2.3")).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Every_refusal_is_counted_and_shown_and_lifting_ends_it()
    {
        await using var server = await LimitedAsync("Metadata");
        var operatorOf = await server.AddPersonAsync("operator@app.example", Roles.Operator);
        var directory = server.Get<IRateLimitDirectory>();
        for (var i = 0; i < 5; i++)
        {
            await GetAsync(server);
        }

        await server.Get<IActivityLog>().FlushAsync();
        var row = (await directory.ListAsync(operatorOf, new RateLimitQuery())).Rows.ShouldHaveSingleItem();
        (row.Policy, row.Partition, row.Hits, row.LastUserAgent).ShouldBe((RateLimitPolicies.Metadata, "192.0.2.1", 3, "flood/1.0"));
        var point = (await directory.SeriesAsync(operatorOf, server.Time.GetUtcNow().AddHours(-1), TimeSpan.FromMinutes(5))).ShouldHaveSingleItem();
        (point.Policy, point.Hits).ShouldBe((RateLimitPolicies.Metadata, 3));

        (await directory.LiftAsync(operatorOf, row.Policy, row.Partition)).ShouldBeTrue();
        (await directory.LiftAsync(operatorOf, row.Policy, row.Partition)).ShouldBeFalse();
        (await directory.ListAsync(operatorOf, new RateLimitQuery())).Total.ShouldBe(0);
        (await GetAsync(server)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_list_of_refusals_groups_sorts_filters_and_pages()
    {
        await using var server = await AuthServer.StartAsync();
        var viewer = await server.AddPersonAsync("viewer@app.example", Roles.Viewer);
        var activity = server.Get<IActivityLog>();
        activity.Refused("token", "192.0.2.1", "old");
        server.Time.Advance(TimeSpan.FromMinutes(2));
        activity.Refused("token", "192.0.2.1", "new");
        activity.Refused("register", "192.0.2.2", null);
        await activity.FlushAsync();
        var directory = server.Get<IRateLimitDirectory>();

        var all = await directory.ListAsync(viewer, new RateLimitQuery { SortBy = RateLimitSort.Hits, Descending = true, Take = 1 });
        all.Total.ShouldBe(2);
        (all.Rows.Single().Partition, all.Rows.Single().Hits, all.Rows.Single().LastUserAgent).ShouldBe(("192.0.2.1", 2, "new"));
        (await directory.ListAsync(viewer, new RateLimitQuery { Policy = "register" })).Total.ShouldBe(1);
        (await directory.ListAsync(viewer, new RateLimitQuery { Search = "192.0.2.2" })).Total.ShouldBe(1);
        (await directory.ListAsync(viewer, new RateLimitQuery { Since = server.Time.GetUtcNow() })).Rows.Sum(row => row.Hits).ShouldBe(2);
        await Should.ThrowAsync<AccessDeniedException>(() => directory.LiftAsync(viewer, "token", "192.0.2.1"));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    [InlineData("::1", "::1")]
    public void An_address_stands_for_its_subscriber(string address, string partition) =>
        ClientAddress.Partition(IPAddress.Parse(address)).ShouldBe(partition);

    [Fact]
    public async Task The_mcp_endpoint_says_no_in_json_rpc()
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        await RateLimitRefusal.WriteAsync(context, RefusalShape.JsonRpc, 7);
        context.Response.Headers.RetryAfter.ToString().ShouldBe("7");
        System.Text.Encoding.UTF8.GetString(body.ToArray())
            .ShouldBe("""{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"Too many requests. Try again later."}}""");
    }

    [Fact]
    public async Task Wrong_settings_refuse_to_start_and_are_named_all_at_once()
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(() =>
            AuthServer.StartAsync(("RateLimits:Token:Permits", "0"), ("RateLimits:Mcp:Window", "02:00:00")));
        failure.Failures.ShouldBe(
            ["RateLimits:Token:Permits must be between 1 and 1000000, but was 0.", "RateLimits:Mcp:Window must be between 00:00:01 and 01:00:00, but was 02:00:00."]);
    }

    private static Task<AuthServer> LimitedAsync(string policy) => AuthServer.StartAsync(
        ("RateLimits:Enabled", "true"), ($"RateLimits:{policy}:Permits", "2"), ($"RateLimits:{policy}:Window", "01:00:00"));

    private static async Task<HttpResponseMessage> GetAsync(AuthServer server, string address = "192.0.2.1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Metadata);
        request.Headers.Add(AuthServer.AddressHeader, address);
        request.Headers.UserAgent.ParseAdd("flood/1.0");
        return await server.Http.SendAsync(request);
    }

    private static async Task<HttpStatusCode> RegisterAsync(AuthServer server, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/register") { Content = new StringContent("{}", null, "application/json") };
        request.Headers.Add(AuthServer.AddressHeader, address);
        return (await server.Http.SendAsync(request)).StatusCode;
    }
}
