using System.Net;
using System.Security.Claims;
using FsCheck;
using FsCheck.Fluent;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Grants;

/// <summary>Random histories of a family against a model that is small enough to be believed.</summary>
public sealed class FamilyModelTests : IAsyncLifetime
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Idle = TimeSpan.FromDays(2);
    private static readonly TimeSpan Absolute = TimeSpan.FromDays(5);
    private static readonly TimeSpan AccessToken = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    private static readonly Gen<Step> AnyStep = Gen.Frequency(
        (8, Gen.Constant((Step)new Step.Refresh(0))),
        (3, Gen.Constant((Step)new Step.Refresh(1))),
        (1, Gen.Choose(2, 4).Select(back => (Step)new Step.Refresh(back))),
        (5, Gen.Choose(1, 40).Select(seconds => (Step)new Step.Wait(TimeSpan.FromSeconds(seconds)))),
        (2, Gen.Choose(1, 30).Select(hours => (Step)new Step.Wait(TimeSpan.FromHours(hours)))),
        (1, Gen.Constant((Step)new Step.Revoke())));

    private AuthServer _server = null!;
    private ClaimsPrincipal _person = null!;

    public async Task InitializeAsync()
    {
        _server = await AuthServer.StartAsync(("Tokens:RefreshIdle", "2.00:00:00"), ("Tokens:RefreshAbsolute", "5.00:00:00"));
        await _server.AddClientAsync();
        _person = await _server.AddPersonAsync("ana@example.org");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public void Every_history_of_a_family_is_the_one_that_the_model_tells() =>
        Prop.ForAll(AnyStep.ListOf().Select(steps => steps.ToArray()).ToArbitrary(), Follows)
            .Check(samples: 60, size: 40);

    private bool Follows(Step[] steps) => FollowsAsync(steps).InTime();

    private async Task<bool> FollowsAsync(Step[] steps)
    {
        var first = await _server.ConnectAsync(_person);
        var model = new Model(_server.Time.GetUtcNow(), first);
        foreach (var step in steps)
        {
            switch (step)
            {
                case Step.Wait wait:
                    _server.Time.Leap(wait.For);
                    break;
                case Step.Revoke:
                    await _server.PostFormAsync("/revoke", ("client_id", "client-1"), ("token", model.Newest.Refresh!));
                    model.Revoke(_server.Time.GetUtcNow());
                    break;
                case Step.Refresh refresh:
                    var presented = Math.Max(0, model.Given.Count - 1 - refresh.Back);
                    var expected = model.Refresh(presented, _server.Time.GetUtcNow());
                    var answer = await _server.RefreshAsync(model.Given[presented].Refresh!);
                    if (answer.StatusCode != (expected is null ? HttpStatusCode.BadRequest : HttpStatusCode.OK))
                    {
                        return false;
                    }

                    if (expected is { } generation && !model.Agrees(generation, await answer.TokensAsync(), _server.Time.GetUtcNow()))
                    {
                        return false;
                    }

                    break;
            }

            if (_server.Accepts(model.Newest.Access) != model.AccessTokenIsAlive(_server.Time.GetUtcNow()))
            {
                return false;
            }
        }

        return true;
    }

    private abstract record Step
    {
        /// <summary>Presents the refresh token of so many generations before the newest.</summary>
        public sealed record Refresh(int Back) : Step;

        public sealed record Wait(TimeSpan For) : Step;

        public sealed record Revoke : Step;
    }

    private sealed class Model(DateTimeOffset began, Tokens first)
    {
        private readonly DateTimeOffset _end = began + Absolute;
        private DateTimeOffset _rotatedAt = began;
        private DateTimeOffset _expiresAt = began + Idle;
        private DateTimeOffset _accessUntil = began + AccessToken;
        private int _replays;
        private bool _revoked;

        /// <summary>The tokens of each generation, the first at 0.</summary>
        public List<Tokens> Given { get; } = [first];

        public Tokens Newest => Given[^1];

        /// <returns>The generation whose token must come back; null for a refusal.</returns>
        public int? Refresh(int presented, DateTimeOffset now)
        {
            if (_revoked || now >= _expiresAt)
            {
                return null;
            }

            if (presented == Given.Count - 1)
            {
                (_rotatedAt, _replays) = (now, 0);
                _expiresAt = now + Idle < _end ? now + Idle : _end;
                return Given.Count;
            }

            if (presented == Given.Count - 2 && now < _rotatedAt + Grace && _replays < 3)
            {
                _replays++;
                return Given.Count - 1;
            }

            _revoked = true;
            return null;
        }

        /// <summary>A family of which nothing can be used any more cannot be ended either; what is left of its last access token can.</summary>
        public void Revoke(DateTimeOffset now) => _revoked = _revoked || now < _expiresAt + TimeSpan.FromHours(1);

        /// <summary>A new generation has a token that was never given; a replay within grace has the one that was given before.</summary>
        public bool Agrees(int generation, Tokens tokens, DateTimeOffset now)
        {
            var until = now + AccessToken < _end ? now + AccessToken : _end;
            _accessUntil = DateTimeOffset.FromUnixTimeSeconds(until.ToUnixTimeSeconds());
            if (generation == Given.Count)
            {
                var isNew = Given.All(before => before.Refresh != tokens.Refresh);
                Given.Add(tokens);
                return isNew;
            }

            var same = Given[generation].Refresh == tokens.Refresh;
            Given[generation] = tokens;
            return same;
        }

        public bool AccessTokenIsAlive(DateTimeOffset now) => !_revoked && now < _accessUntil + Skew;
    }
}
