using AdminConsole.Features.Sessions;
using AdminConsole.Shared;
using AuthCore.Grants;
using AuthCore.Revocation;
using AuthCore.Storage;
using AuthCore.Users;
using Bunit;

namespace UnitTests.Console.Features.Sessions;

public sealed class SessionsPageTests
{
    [Fact]
    public async Task Revoke_says_what_ends_and_ends_it_once_confirmed()
    {
        await using var console = Console(Roles.Operator);
        console.Revocations.Impact = new RevocationImpact(3, 2, 1);
        var asked = Answer(console, true);

        Revoke(Open(console));

        var question = asked.ShouldHaveSingleItem();
        question.Title.ShouldBe("Revoke “Claude Code” for “ana@example.org”?");
        question.Consequences[0].ShouldStartWith("3 connections of 2 users are revoked at once");
        console.Revocations.Revoked.ShouldBe([new RevocationTarget.Family("f1")]);
        console.Notes.ShouldHaveSingleItem().Summary.ShouldBe("Revoked");
    }

    [Fact]
    public async Task Nothing_ends_without_confirmation()
    {
        await using var console = Console(Roles.Operator);
        Answer(console, false);

        Revoke(Open(console));

        console.Revocations.Revoked.ShouldBeEmpty();
        console.Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_had_already_ended_is_said_to_have_ended()
    {
        await using var console = Console(Roles.Operator);
        console.Revocations.Outcome = new RevocationOutcome.Revoked(0);
        Answer(console, true);

        Revoke(Open(console));

        console.Notes.ShouldHaveSingleItem().Detail.ShouldStartWith("It was revoked already");
    }

    [Fact]
    public async Task Ending_very_many_must_be_typed()
    {
        await using var console = Console(Roles.Operator);
        console.Revocations.Impact = new RevocationImpact(21, 20, 1);
        var asked = Answer(console, false);

        Revoke(Open(console));

        asked.ShouldHaveSingleItem().TypeToConfirm.ShouldBe("revoke 21");
    }

    [Fact]
    public async Task A_viewer_sees_no_button()
    {
        await using var console = Console(Roles.Viewer);

        var page = Open(console);

        page.FindAll("button[aria-label^=Revoke]").ShouldBeEmpty();
        page.Markup.ShouldContain("Claude Code");
    }

    [Fact]
    public async Task A_role_that_was_taken_away_meanwhile_is_told_so()
    {
        await using var console = Console(Roles.Operator);
        Answer(console, true);
        console.Revocations.Denied = true;

        Revoke(Open(console));

        console.Notes.ShouldHaveSingleItem().Summary.ShouldBe("Your role no longer allows this");
    }

    [Fact]
    public async Task A_list_that_may_no_longer_be_read_says_so_and_shows_nothing()
    {
        await using var console = Console(Roles.Viewer);
        var page = Open(console);

        console.Families.Denied = true;
        console.Feed.Say(ChangeTopics.Families);
        console.Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.ShouldContain("Your role no longer allows this"));
        page.Markup.ShouldNotContain("ana@example.org");
    }

    [Fact]
    public async Task Only_live_families_are_asked_for_with_what_the_address_says()
    {
        await using var console = Console(Roles.Viewer);
        console.Navigation.NavigateTo("/admin/sessions?client=c1&q=ana&sort=-User&page=1&size=50&state=Revoked");

        Open(console);

        console.Families.Queries.ShouldHaveSingleItem().ShouldBe(new FamilyQuery
        {
            State = FamilyState.Live,
            ClientId = "c1",
            Search = "ana",
            SortBy = FamilySort.User,
            Descending = true,
            Take = 50,
        });
    }

    [Fact]
    public async Task A_new_session_appears_while_the_page_is_open()
    {
        await using var console = Console(Roles.Viewer);
        var page = Open(console);

        console.Families.Rows.Insert(0, FamiliesInMemory.Family("f2", "Cursor"));
        console.Feed.Say(ChangeTopics.Families);
        console.Clock.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => page.FindAll("tbody tr.rz-data-row").Count.ShouldBe(2));
        page.FindAll("tbody tr.rz-data-row")[0].TextContent.ShouldContain("Cursor");
    }

    [Fact]
    public async Task A_client_cannot_reverse_or_mark_up_the_text_around_its_name()
    {
        await using var console = Console(Roles.Operator);
        console.Families.Rows[0] = FamiliesInMemory.Family("f1", "\u202E<img src=x>\u0007");

        var page = Open(console);

        page.FindAll("img").ShouldBeEmpty();
        page.Find("button[aria-label^=Revoke]").GetAttribute("aria-label").ShouldBe("Revoke <img src=x> for ana@example.org");
    }

    private static ConsoleContext Console(string role)
    {
        var console = new ConsoleContext(role);
        console.Families.Rows.Add(FamiliesInMemory.Family("f1"));
        return console;
    }

    private static IRenderedComponent<SessionsPage> Open(ConsoleContext console)
    {
        var page = console.Render<SessionsPage>();
        page.WaitForAssertion(() => page.FindAll("tbody tr.rz-data-row").ShouldNotBeEmpty());
        return page;
    }

    private static void Revoke(IRenderedComponent<SessionsPage> page) => page.Find("button[aria-label^=Revoke]").Click();

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
