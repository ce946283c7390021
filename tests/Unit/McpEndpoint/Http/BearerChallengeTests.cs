using AuthCore;
using AuthCore.Protocol;
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
    private readonly BearerChallenge _challenge =
        new(new PublicOrigin(Options.Create(new AuthCoreOptions { PublicUrl = "https://auth.example" }), new NoServer()));

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
