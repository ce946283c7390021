using Microsoft.Extensions.Options;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore;

/// <summary>A wrong configuration refuses to start, and says everything at once by key, rule and value.</summary>
public sealed class OptionsTests
{
    [Theory]
    [InlineData("PublicUrl", "http://auth.example", "http://auth.example")]
    [InlineData("PublicUrl", "https://auth.example/", "https://auth.example/")]
    [InlineData("PublicUrl", "https://auth.example/path", "https://auth.example/path")]
    [InlineData("PublicUrl", "https://auth.example?query", "https://auth.example?query")]
    [InlineData("PublicUrl", "https://auth.example#fragment", "https://auth.example#fragment")]
    [InlineData("PublicUrl", "https://user@auth.example", "https://user@auth.example")]
    [InlineData("PublicUrl", "https://AUTH.example", "https://AUTH.example")]
    [InlineData("PublicUrl", "https://auth.example:443", "https://auth.example:443")]
    [InlineData("PublicUrl", "ftp://auth.example", "ftp://auth.example")]
    [InlineData("PublicUrl", "auth.example", "auth.example")]
    [InlineData("DataDirectory", " ", "empty")]
    [InlineData("LoginPath", "account/login", "account/login")]
    [InlineData("ConsentPath", "//elsewhere.example", "//elsewhere.example")]
    [InlineData("ErrorPath", "", "''")]
    [InlineData("Database:Provider", "Oracle", "Oracle")]
    [InlineData("Database:LaneCapacity", "15", "15")]
    [InlineData("Database:LaneCapacity", "100001", "100001")]
    [InlineData("Database:LaneBatch", "0", "0")]
    [InlineData("Database:LaneUnitLimit", "00:00:00.5000000", "00:00:00.5000000")]
    [InlineData("Database:LaneUnitLimit", "00:01:01", "00:01:01")]
    [InlineData("Database:CleaningPeriod", "00:00:00", "00:00:00")]
    [InlineData("Database:CleaningPeriod", "1.00:00:01", "1.00:00:01")]
    [InlineData("Tokens:AccessTokenLifetime", "00:00:29", "00:00:29")]
    [InlineData("Tokens:AccessTokenLifetime", "01:00:01", "01:00:01")]
    [InlineData("Tokens:CodeLifetime", "00:10:01", "00:10:01")]
    [InlineData("Tokens:RefreshIdle", "00:09:59", "00:09:59")]
    [InlineData("Tokens:RefreshIdle", "31.00:00:00", "31.00:00:00")]
    [InlineData("Tokens:RefreshGrace", "00:05:01", "00:05:01")]
    [InlineData("Tokens:RefreshGraceUses", "21", "21")]
    [InlineData("Tokens:RefreshGraceUses", "-1", "-1")]
    [InlineData("Tokens:RequestLifetime", "00:00:59", "00:00:59")]
    [InlineData("Tokens:LineageRetention", "00:00:00", "00:00:00")]
    [InlineData("BrowserSessions:IdleTimeout", "00:00:00", "00:00:00")]
    [InlineData("BrowserSessions:IdleTimeout", "1.00:00:01", "1.00:00:01")]
    [InlineData("BrowserSessions:Lifetime", "91.00:00:00", "91.00:00:00")]
    [InlineData("BrowserSessions:PerPerson", "0", "0")]
    [InlineData("BrowserSessions:OpenPagesPerPerson", "1001", "1001")]
    [InlineData("BrowserSessions:Retention", "00:59:59", "00:59:59")]
    [InlineData("Tokens:StepUpWindow", "00:01:01", "00:01:01")]
    [InlineData("Tokens:StepUpWindow", "-00:00:01", "-00:00:01")]
    [InlineData("RateLimits:Token:Permits", "0", "0")]
    [InlineData("RateLimits:Token:Window", "02:00:00", "02:00:00")]
    [InlineData("Registration:UnusedLifetime", "00:59:00", "00:59:00")]
    [InlineData("Registration:SchemesWithoutDot:1", "javascript", "javascript")]
    public async Task A_wrong_value_is_named_by_its_key_with_what_it_was(string key, string value, string shown)
    {
        var problem = await RefusedAsync((key, value));
        var named = key.StartsWith("Registration:Schemes", StringComparison.Ordinal) ? "Registration:SchemesWithoutDot" : key;
        problem.ShouldHaveSingleItem().ShouldStartWith($"{named} must ");
        problem[0].ShouldContain(shown);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once()
    {
        var problems = await RefusedAsync(
            ("PublicUrl", "http://auth.example"), ("LoginPath", "login"), ("Database:LaneBatch", "0"), ("Tokens:CodeLifetime", "1.00:00:00"),
            ("Tokens:RefreshGraceUses", "99"), ("RateLimits:Login:Permits", "0"), ("Registration:UnusedLifetime", "00:00:01"), ("Clients:0:ClientId", "spaced out"));
        foreach (var key in new[]
        {
            "PublicUrl", "LoginPath", "Database:LaneBatch", "Tokens:CodeLifetime", "Tokens:RefreshGraceUses", "RateLimits:Login:Permits", "Registration:UnusedLifetime",
            "Clients:0:ClientId",
        })
        {
            problems.ShouldContain(problem => problem.StartsWith($"{key} must ", StringComparison.Ordinal), key);
        }
    }

    [Fact]
    public async Task The_secret_of_a_configured_client_is_never_shown()
    {
        var problems = await RefusedAsync(("Clients:0:ClientId", "configured"), ("Clients:0:Name", "Configured"), ("Clients:0:Secret", "too short to be good"));
        problems.ShouldHaveSingleItem().ShouldStartWith("Clients:0:Secret must ");
        problems[0].ShouldNotContain("too short");
    }

    [Theory]
    [InlineData("PublicUrl", "https://auth.example")]
    [InlineData("PublicUrl", "https://auth.example:8443")]
    [InlineData("PublicUrl", "http://localhost:5080")]
    [InlineData("PublicUrl", "http://127.0.0.1:5080")]
    [InlineData("PublicUrl", "http://[::1]:5080")]
    [InlineData("Tokens:RefreshGrace", "00:00:00")]
    [InlineData("Tokens:RefreshGraceUses", "0")]
    [InlineData("Tokens:StepUpWindow", "00:00:00")]
    [InlineData("Tokens:AccessTokenLifetime", "01:00:00")]
    [InlineData("Database:LaneBatch", "1")]
    public async Task A_value_at_the_edge_is_taken(string key, string value)
    {
        await using var server = await AuthServer.StartAsync((key, value));
        (await server.Http.GetAsync("/.well-known/oauth-authorization-server")).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task An_empty_file_name_is_not_set()
    {
        // As compose files have a variable that is not set.
        await using var server = await AuthServer.StartAsync(("Keys:MasterKeyFile", ""));
        File.Exists(Path.Combine(server.DataDirectory, "master.key")).ShouldBeTrue();
    }

    private static async Task<string[]> RefusedAsync(params (string Key, string? Value)[] settings)
    {
        try
        {
            await using var server = await AuthServer.StartAsync(settings);
        }
        catch (OptionsValidationException one)
        {
            return [.. one.Failures];
        }
        catch (AggregateException several)
        {
            return [.. several.InnerExceptions.Cast<OptionsValidationException>().SelectMany(one => one.Failures)];
        }

        throw new ShouldAssertException("It started.");
    }
}
