using AdminConsole.Features.Connections;
using AuthCore.Clients.Names;
using Bunit;

namespace UnitTests.Console.Features.Connections;

public class ConnectionsPageTests : PageContext
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly Connection ClaudeCode = new(
        "a1", new ClientName("Claude Code"), false, "localhost:53412", ["See your account", "Stay connected"], Now.AddDays(-7), Now.AddMinutes(-3), "203.0.113.7",
        "claude-code/2.1", Now.AddDays(23));

    [Fact]
    public void A_connection_says_who_it_is_what_it_may_and_when_it_was_used()
    {
        var card = Show(ClaudeCode).Find(".connections > li").TextContent;
        foreach (var fact in new[] { "“Claude Code”", "Registered itself, not verified", "localhost:53412", "See your account", "7 days ago", "3 minutes ago", "203.0.113.7", "in 23 days" })
        {
            card.ShouldContain(fact);
        }
    }

    [Fact]
    public void Each_connection_can_be_revoked_by_a_button_that_names_it() =>
        Show(ClaudeCode).Find("form[action='/account/connections/a1/revoke'] button").GetAttribute("aria-label").ShouldBe("Revoke Claude Code");

    [Fact]
    public void A_connection_that_was_never_used_has_no_address()
    {
        var card = Show(ClaudeCode with { LastUsed = null }).Find(".connections > li").TextContent;
        card.ShouldContain("never");
        card.ShouldNotContain("203.0.113.7");
    }

    [Fact]
    public void Revoking_all_is_offered_from_two_on()
    {
        Show(ClaudeCode).FindAll("form[action$=revoke-all]").ShouldBeEmpty();
        Show(ClaudeCode, ClaudeCode with { FamilyId = "b2" }).Find("form[action$=revoke-all] button").TextContent.ShouldBe("Revoke all 2…");
    }

    [Fact]
    public void An_empty_list_is_said_and_explained() => Show().Find(".empty-state").TextContent.ShouldContain("Nothing is connected");

    [Fact]
    public void Revoking_asks_first_and_posts_then()
    {
        var page = Render<RevokePage>(parameters => parameters.Add(page => page.Model, new RevokeModel([ClaudeCode], "/account/connections/a1/revoke")));
        page.Find("h1").TextContent.ShouldBe("Revoke “Claude Code”?");
        var form = page.Find("form.actions");
        form.GetAttribute("method").ShouldBe("post");
        form.GetAttribute("action").ShouldBe("/account/connections/a1/revoke");
        form.QuerySelector($"input[name={AntiforgeryField}]").ShouldNotBeNull();
    }

    private IRenderedComponent<ConnectionsPage> Show(params Connection[] connections) =>
        Render<ConnectionsPage>(parameters => parameters.Add(page => page.Model, new ConnectionsModel(connections, "ada@example.org", false, Now, null)));
}
