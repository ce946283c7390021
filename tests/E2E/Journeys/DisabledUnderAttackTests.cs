using System.Diagnostics;
using System.Net;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>An administrator disables people, or takes a role, while others guess their passwords: no attempt that is under way undoes it.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class DisabledUnderAttackTests(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private const int Loops = 4;

    private static readonly TimeSpan LongestSession = TimeSpan.FromSeconds(30);

    private static readonly Person[] Eves = [.. Enumerable.Range(1, 3).Select(number => new Person($"eve-{number}@example.com", $"Apple-Of-Eden-{number}"))];

    private static readonly Person Demoted = new("adam@example.com", "Rib-Of-Adam-0001");

    private readonly RunningHost _host = shared.Host;

    [Fact]
    public async Task Who_was_disabled_or_lost_a_role_stays_so_and_their_session_dies()
    {
        Person[] people = [.. Eves, Demoted];
        var sessions = people.ToDictionary(person => person, _ => new FormBrowser(_host.Origin));
        await AsAdministratorAsync(async (users, list) =>
        {
            foreach (var person in people)
            {
                await users.AddAsync(person, "viewer");
                (await sessions[person].SignInAsync(_host.At("/admin/users"), person)).Status.ShouldBe(HttpStatusCode.OK);
            }

            for (var number = 0; number < Eves.Length; number++)
            {
                var eve = Eves[number];
                await UnderAttackAsync(eve, number, () => users.DisableAsync(eve));
            }

            await UnderAttackAsync(Demoted, Eves.Length, () => users.SetRoleAsync(Demoted, "operator"));
            await users.OpenAsync(_host);
            foreach (var eve in Eves)
            {
                await Assertions.Expect(list.RowWith(eve.Email)).ToContainTextAsync("disabled");
            }
        });

        var clock = Stopwatch.StartNew();
        foreach (var (person, session) in sessions)
        {
            while ((await session.OpenAsync(_host.At("/admin/users"))).Address.AbsolutePath != "/account/login")
            {
                clock.Elapsed.ShouldBeLessThan(LongestSession, $"the session of {person.Email} lives on");
                await Task.Delay(TimeSpan.FromMilliseconds(500));
            }

            session.Dispose();
        }

        foreach (var eve in Eves)
        {
            using var late = new FormBrowser(_host.Origin, from: "127.0.9.9");
            (await late.SignInAsync(_host.At("/account/connections"), eve)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    /// <summary>Does something to a person while their password is guessed, with attempts under way before, at and after the moment.</summary>
    private async Task UnderAttackAsync(Person person, int number, Func<Task> act)
    {
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var attack = Enumerable.Range(0, Loops).Select(loop => Task.Run(async () =>
        {
            for (var round = 0; !stop.IsCancellationRequested; round++)
            {
                // Another address every few guesses: one alone is soon held out.
                using var guesser = new FormBrowser(_host.Origin, from: $"127.{20 + number}.{loop}.{1 + (round % 250)}");
                var login = await guesser.OpenAsync(_host.At("/account/login"));
                for (var guess = 0; guess < 5 && !stop.IsCancellationRequested; guess++)
                {
                    await guesser.SubmitAsync(login, [new("email", person.Email), new("password", "a wrong guess")]);
                }

                begun.TrySetResult();
            }
        })).ToArray();
        await begun.Task;
        await act();
        await stop.CancelAsync();
        await Task.WhenAll(attack);
    }

    private Task AsAdministratorAsync(Func<UsersPage, AdminList, Task> act) =>
        chromium.WithPageAsync("administrator under attack", Look.Ordinary, async page =>
        {
            await page.GotoAsync(_host.At("/admin/users").AbsoluteUri);
            await new LoginPage(page).SignInAsync(Person.Administrator);
            await page.WaitForURLAsync(_host.At("/admin/users").AbsoluteUri);
            await page.ShouldHaveSettledAsync();
            await act(new UsersPage(page), new AdminList(page));
        });
}
