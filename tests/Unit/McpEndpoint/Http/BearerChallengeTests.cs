using AuthCore.Hosting;
using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using FsCheck;
using FsCheck.Fluent;
using McpEndpoint.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using UnitTests.TestKit;

namespace UnitTests.McpEndpoint.Http;

public sealed class BearerChallengeTests
{
    private static readonly PublicOrigin Origin = new(Options.Create(new AuthCoreOptions { PublicUrl = "https://auth.example" }), new NoServer());

    private readonly BearerChallenge _challenge =
        new(Origin, new ScopeCatalog([]), Options.Create(new McpOptions()));

    [Theory]
    [InlineData(false, "offline_access read:secret", "read:secret")]
    [InlineData(true, "read:secret", "account:read read:secret")]
    [InlineData(true, "hidden", "account:read hidden read:secret")]
    [InlineData(true, "", "account:read read:secret")]
    public void The_first_challenge_names_what_the_call_needs_or_everything_that_is_advertised(bool all, string needed, string named)
    {
        ScopeDefinition[] scopes =
        [
            new("account:read", "", "", ScopeRisk.Read), new("read:secret", "", "", ScopeRisk.Read), new("hidden", "", "", ScopeRisk.Read, Advertised: false),
        ];
        var challenge = new BearerChallenge(Origin, new ScopeCatalog(scopes), Options.Create(new McpOptions { ChallengeAllScopes = all }));

        challenge.Missing(ScopeSet.Of(needed.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldEndWith($", scope=\"{named}\"");
    }

    [Fact, Spec("RFC 6750 §3")]
    public void Whatever_stands_in_a_challenge_cannot_end_its_quotes() =>
        Prop.ForAll<string>(text =>
        {
            var challenge = _challenge.InvalidRequest(text ?? "");
            challenge.ShouldAllBe(c => c >= ' ' && c <= '~');
            challenge.Count(c => c == '"').ShouldBe(3 * 2 - (challenge.Contains("error_description", StringComparison.Ordinal) ? 0 : 2));
            challenge.ShouldNotContain("\\");
        }).Check(samples: 100, size: 100);

    [Theory]
    [InlineData("x\r\nSet-Cookie: a=b")]
    [InlineData("x\", scope=\"admin")]
    [InlineData("x\\")]
    public void An_injected_header_stays_text(string text)
    {
        var challenge = _challenge.InsufficientScope(text, ScopeSet.Of("a"), ScopeSet.Empty);

        challenge.ShouldNotContain("\r");
        challenge.ShouldNotContain("\n");
        challenge.Count(c => c == '"').ShouldBe(8);
    }

    [Fact]
    public void Staying_connected_is_never_asked_for() =>
        _challenge.Missing(ScopeSet.Of("offline_access", "write")).ShouldContain("scope=\"write\"");

    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
