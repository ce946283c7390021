using AdminConsole.Features.Account;
using AngleSharp.Html.Dom;
using AuthCore.Clients.Names;
using Bunit;

namespace UnitTests.Console.Features.Account;

public class LoginPageTests : PageContext
{
    [Fact]
    public void The_form_asks_for_email_and_password()
    {
        var form = Show(new LoginModel("/account/login", null)).Find("form.card");
        form.QuerySelector("input[name=email][type=email][autocomplete=username]").ShouldNotBeNull();
        form.QuerySelector("input[name=password][type=password][autocomplete=current-password]").ShouldNotBeNull();
    }

    [Fact]
    public void The_client_that_waits_is_quoted() =>
        Show(new LoginModel("/account/login?ticket=t", new ClientName("Claude Code"))).Find(".lede").TextContent.ShouldContain("to continue to “Claude Code”");

    [Fact]
    public void A_failed_attempt_keeps_the_address_and_gives_one_message_for_every_reason()
    {
        var page = Show(new LoginModel("/account/login", null, "ada@example.org", Refused: true));
        page.Find("[role=alert]").TextContent.ShouldContain("That did not work.");
        ((IHtmlInputElement)page.Find("input[name=email]")).Value.ShouldBe("ada@example.org");
        ((IHtmlInputElement)page.Find("input[name=password]")).Value.ShouldBe("");
    }

    private IRenderedComponent<LoginPage> Show(LoginModel model) => Render<LoginPage>(parameters => parameters.Add(page => page.Model, model));
}
