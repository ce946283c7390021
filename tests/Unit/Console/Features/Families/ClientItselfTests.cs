using AdminConsole.Features.Audit;
using AdminConsole.Features.Families;
using AdminConsole.Features.Sessions;
using AdminConsole.Shared;
using AuthCore.Grants;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using AuthCore.Revocation;
using AuthCore.Users;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.Console.Features.Families;

/// <summary>What the console says of a family without a person: of a client that acts for itself.</summary>
public sealed class ClientItselfTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    [Fact]
    public async Task Connections_and_families_are_of_the_client_itself()
    {
        var (server, console, family) = await StoredAsync();
        await using var _ = console;

        foreach (var row in new[] { Open<SessionsPage>(console), Open<FamiliesPage>(console) })
        {
            row.TextContent.ShouldContain("the client itself");
            row.QuerySelector("button[aria-label^=Revoke]")!.GetAttribute("aria-label").ShouldBe("Revoke Nightly for the client itself");
        }

        (await server.ReloadAsync(family)).UserId.ShouldBeNull();
    }

    [Theory]
    [InlineData("sort=User")]
    [InlineData("sort=-User")]
    [InlineData("q=nightly")]
    [InlineData("client=nightly-1")]
    public async Task They_are_found_and_sorted_beside_those_of_people(string asked)
    {
        var (server, console, _) = await StoredAsync();
        await using var _1 = console;
        var person = await server.AddPersonAsync("ana@example.org");
        await server.AddFamilyAsync("nightly-1", person.UserId());
        console.Navigation.NavigateTo($"/admin/families?{asked}");

        Open<FamiliesPage>(console, rows: 2);
    }

    [Fact]
    public async Task The_question_before_a_revocation_says_that_the_client_can_come_back_by_itself()
    {
        var (server, console, family) = await StoredAsync();
        await using var _ = console;
        var asked = Answer(console, true);

        Open<SessionsPage>(console, out var page).QuerySelector("button[aria-label^=Revoke]")!.Click();

        page.WaitForAssertion(() => asked.ShouldHaveSingleItem());
        var question = asked[0];
        question.Title.ShouldBe("Revoke “Nightly” for “the client itself”?");
        question.Consequences.ShouldBe(
        [
            "1 connection is revoked at once: its next call is refused, and none of its tokens is accepted again.",
            "The client can connect again by itself, with its own credentials. Disable the client to prevent that.",
        ]);
        page.WaitForAssertion(() => console.Notes.ShouldHaveSingleItem().Summary.ShouldBe("Revoked"));
        (await server.ReloadAsync(family)).RevocationReason.ShouldBe(RevocationReason.Operator);
    }

    [Fact]
    public async Task A_revoked_and_a_reused_one_is_listed_with_its_lineage()
    {
        var (server, console, family) = await StoredAsync();
        await using var _ = console;
        await RevokeItselfAsync(server, family);
        await server.WriteAsync(unit => unit.Db.Families().ExecuteUpdateAsync(set => set.SetProperty(row => row.ReuseMarks, 1)));
        console.Navigation.NavigateTo($"/admin/families?reuse=only&state=Revoked&open={family.FamilyId}");

        var row = Open<FamiliesPage>(console, out var page);

        row.TextContent.ShouldContain("the client itself");
        row.TextContent.ShouldContain("used twice");
        row.TextContent.ShouldContain("by its client");
        page.WaitForAssertion(() => page.Find("ol.lineage").TextContent.ShouldContain("Revoked"));
        page.Find("dl.facts").TextContent.ShouldContain("Answer was sent to(none)");
    }

    [Fact]
    public async Task The_audit_trail_names_the_client_as_the_one_who_did_it()
    {
        var (server, console, family) = await StoredAsync();
        await using var _ = console;
        await RevokeItselfAsync(server, family);

        var row = Open<AuditPage>(console);

        row.TextContent.ShouldContain("family.revoked");
        row.TextContent.ShouldContain("nightly-1");
        row.TextContent.ShouldContain(family.FamilyId);
    }

    private async Task<(AuthServer Server, ConsoleContext Console, TokenFamily Family)> StoredAsync()
    {
        var server = await shared.EmptiedAsync();
        var operatorOf = await server.AddPersonAsync("olga@example.org", Roles.Operator);
        await server.AddClientAsync("nightly-1", name: "Nightly");
        var family = await server.AddFamilyAsync("nightly-1", null);
        return (server, new ConsoleContext(server, operatorOf, Roles.Operator), family);
    }

    private static async Task RevokeItselfAsync(AuthServer server, TokenFamily family)
    {
        var now = server.Time.GetUtcNow();
        var grant = new AccessGrant(null, family.ClientId, family.FamilyId, family.Resource, ScopeSet.Of([]), "jti", now, now.AddMinutes(5), now);
        (await server.Get<IRevocationService>().RevokeOwnAsync(grant)).ShouldBe(new RevocationOutcome.Revoked(1));
    }

    private static AngleSharp.Dom.IElement Open<TPage>(ConsoleContext console, int rows = 1)
        where TPage : IComponent =>
        Open<TPage>(console, out _, rows);

    private static AngleSharp.Dom.IElement Open<TPage>(ConsoleContext console, out IRenderedComponent<TPage> page, int rows = 1)
        where TPage : IComponent
    {
        var opened = console.Render<TPage>();
        opened.WaitForAssertion(() => opened.FindAll("tbody tr.rz-data-row").Count.ShouldBe(rows), TimeSpan.FromSeconds(20));
        page = opened;
        return opened.FindAll("tbody tr.rz-data-row")[0];
    }

    private static List<Consequence> Answer(ConsoleContext console, bool yes)
    {
        var asked = new List<Consequence>();
        console.Dialogs.OnOpen += (_, _, parameters, _) =>
        {
            asked.Add(parameters[nameof(ConfirmDialog.Consequence)].ShouldBeOfType<Consequence>());
            console.Dialogs.Close(yes);
        };
        return asked;
    }
}
