using AdminConsole.Features.Consent;
using AngleSharp.Html.Dom;
using AuthCore.Authorize;
using AuthCore.Clients;
using AuthCore.Clients.Names;
using AuthCore.Consent;
using AuthCore.ResourceServer;
using Bunit;

namespace UnitTests.Console.Features.Consent;

public class ConsentPageTests : PageContext
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly ConsentClient ClaudeCode = new("5f0c2e1b77aa4d09", new ClientName("Claude Code"), ClientOrigin.Dynamic, Now.AddMinutes(-2));

    [Fact]
    public void The_name_is_quoted_and_never_markup()
    {
        var page = Show(client: ClaudeCode with { Name = new ClientName("<b>Bank</b>") });
        page.Find("h1 bdi").TextContent.ShouldBe("“<b>Bank</b>”");
        page.FindAll("h1 b").ShouldBeEmpty();
    }

    [Fact]
    public void A_client_that_registered_itself_is_called_unverified_with_its_age() =>
        Show().Find(".known").TextContent.Trim().ShouldBe("Registered itself 2 minutes ago – not verified.");

    [Fact]
    public void A_client_that_an_administrator_added_is_called_that() =>
        Show(client: ClaudeCode with { Origin = ClientOrigin.Preregistered }).Find(".known").TextContent.Trim().ShouldBe("Added by your administrator.");

    [Theory]
    [InlineData(NameWarnings.None, 0, "")]
    [InlineData(NameWarnings.SaysItIsKnown, 1, "It says it is Claude. Anyone can use this name")]
    [InlineData(NameWarnings.LooksLikeKnown, 1, "The name looks like “Claude”, but is written with other characters.")]
    [InlineData(NameWarnings.SaysItIsThisServer, 1, "It uses the name of this server.")]
    [InlineData(NameWarnings.HidesCharacters, 1, "Characters were taken out of the name.")]
    [InlineData(NameWarnings.Unnamed, 1, "It gave no name that can be read.")]
    [InlineData(NameWarnings.MixesScripts | NameWarnings.LooksLikeKnown, 2, "The name mixes letters of different scripts.")]
    public void Each_reason_for_caution_is_told(NameWarnings warnings, int notices, string said)
    {
        var page = Show(client: ClaudeCode with { Name = new ClientName("Claude Code", warnings, "Claude") });
        page.FindAll(".notice.caution").Count.ShouldBe(notices);
        string.Concat(page.FindAll(".notice.caution").Select(notice => notice.TextContent)).ShouldContain(said);
    }

    [Theory]
    [InlineData(DestinationKind.ThisComputer, "localhost:53412", "You will be sent to localhost:53412 on this computer.", true)]
    [InlineData(DestinationKind.Website, "billing.example.org", "You will be sent to billing.example.org on the web.", false)]
    [InlineData(DestinationKind.App, "com.example.desktop", "You will be sent to com.example.desktop, an app on this device.", true)]
    public void The_destination_is_told_in_full(DestinationKind kind, string display, string sentence, bool caution)
    {
        var card = Show(destination: new AnswerDestination(kind, display)).Find("section[aria-labelledby=destination]");
        card.QuerySelector("p")!.TextContent.ShouldBe(sentence);
        (card.QuerySelector(".caution-text") is not null).ShouldBe(caution);
    }

    [Fact]
    public void Every_scope_is_a_ticked_box_and_a_required_one_cannot_be_unticked()
    {
        var boxes = Show().FindAll("input[type=checkbox]").Cast<IHtmlInputElement>().ToArray();
        boxes.ShouldAllBe(box => box.IsChecked);
        boxes.Where(box => !box.IsDisabled).Select(box => (box.Name, box.Value)).ShouldBe(
            [("scope", "read:secret"), ("scope", "write"), ("scope", "admin:write"), ("scope", "offline_access")]);
        boxes.Count(box => box.IsDisabled).ShouldBe(1);
    }

    [Fact]
    public void A_required_scope_is_posted_although_its_box_is_not() =>
        Show().FindAll("input[type=hidden][name=scope]").Cast<IHtmlInputElement>().Single().Value.ShouldBe("account:read");

    [Fact]
    public void Scopes_are_grouped_from_harmless_to_dangerous() =>
        Show().FindAll("legend").Select(legend => legend.TextContent).ShouldBe(["Read", "Make changes", "Administer this server", "For how long"]);

    [Fact]
    public void Raw_scopes_are_there_for_who_looks() =>
        Show().FindAll("details code").Select(code => code.TextContent).ShouldContain("read:secret");

    [Fact]
    public void The_lifetime_is_stated() =>
        Show().Markup.ShouldContain("The connection ends after 30 days at the latest");

    [Fact]
    public void Without_a_refresh_token_only_the_short_lifetime_is_stated() =>
        Show(connection: null).Markup.ShouldContain("Access ends after 10 minutes");

    [Fact]
    public void Deny_is_the_default_button()
    {
        var form = Show().FindAll("form").Cast<IHtmlFormElement>().Single(form => form.Action.Contains("/consent?ticket=", StringComparison.Ordinal));
        form.QuerySelectorAll("button[type=submit]").Select(button => (button.GetAttribute("name"), button.GetAttribute("value")))
            .ShouldBe([("decision", "deny"), ("decision", "allow")]);
    }

    [Fact]
    public void Focus_goes_from_identity_over_destination_and_scopes_to_deny_and_allow()
    {
        var page = Show();
        var order = page.FindAll("h1, #destination, #scopes, button[value=deny], button[value=allow]").Select(element => element.TextContent.Trim());
        order.ShouldBe(["Allow “Claude Code” to connect?", "Where the answer goes", "What it may do", "Deny", "Allow"]);
        page.FindAll("[tabindex]").Where(element => element.LocalName != "main").ShouldBeEmpty();
    }

    [Fact]
    public void Another_account_comes_back_to_the_request_as_it_came()
    {
        var form = Show().FindAll("form").Cast<IHtmlFormElement>().Single(form => form.Action.EndsWith("/account/switch", StringComparison.Ordinal));
        ((IHtmlInputElement)form.QuerySelector("input[name=ticket]")!).Value.ShouldBe("original");
    }

    [Fact]
    public void The_answer_carries_the_request_that_was_bound_to_this_person() =>
        Show().FindAll("form.consent input[name=ticket]").Cast<IHtmlInputElement>().Single().Value.ShouldBe("bound");

    [Fact]
    public void Every_form_carries_an_antiforgery_token() =>
        Show().FindAll("form").ShouldAllBe(form => form.QuerySelector($"input[name={AntiforgeryField}]") != null);

    [Fact]
    public void The_page_has_no_script() => Show().FindAll("script, [onclick], [style]").ShouldBeEmpty();

    [Fact]
    public void Allowing_nothing_is_answered_by_the_same_page_with_a_reason() =>
        Show(nothingChosen: true).Find("[role=alert]").TextContent.ShouldContain("Nothing was chosen");

    private IRenderedComponent<ConsentPage> Show(
        ConsentClient? client = null, AnswerDestination? destination = null, bool nothingChosen = false, int? connection = 30)
    {
        ScopeDefinition[] scopes =
        [
            new("admin:write", "End connections", "Of other people.", ScopeRisk.Admin),
            new("account:read", "See your account", "Your name.", ScopeRisk.Read, Required: true),
            new("read:secret", "Read the secret", "The sample.", ScopeRisk.Read),
            new("offline_access", "Stay connected", "Without signing in each time.", ScopeRisk.Read),
            new("write", "Book appointments", "You confirm each.", ScopeRisk.Change),
        ];
        var request = new ConsentRequest(
            client ?? ClaudeCode, destination ?? new AnswerDestination(DestinationKind.ThisComputer, "localhost:53412"), "http://localhost:5080/mcp", scopes,
            TimeSpan.FromMinutes(10), connection is { } days ? TimeSpan.FromDays(days) : null, "bound");
        var model = new ConsentModel(request, "original", "ada@example.org", Now, nothingChosen);
        return Render<ConsentPage>(parameters => parameters.Add(page => page.Model, model));
    }
}
