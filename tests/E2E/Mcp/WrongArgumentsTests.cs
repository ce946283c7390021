using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Mcp;

/// <summary>SEP-1303: arguments that do not match come back as a result that the model reads, and nothing is done.</summary>
public sealed class WrongArgumentsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task A_model_is_told_which_argument_is_wrong_and_what_to_send()
    {
        using var browser = new FormBrowser(shared.Host.Origin);
        using var client = await OAuthClient.RegisterAsync(shared.Host, "Clumsy model");
        await browser.SignInAsync(shared.Host.At("/account/connections"), Person.Administrator);
        var token = (await browser.ConnectAsync(client, "account:read write")).AccessToken!;

        foreach (var (tool, arguments, problem) in new[]
        {
            ("book_slot", "{}", "'slotId' is required; expected string (The id of the appointment, from list_slots)."),
            ("book_slot", "{\"slotId\":null}", "'slotId' must be string (The id of the appointment, from list_slots), but was null."),
            ("book_slot", "{\"slotId\":7}", "'slotId' must be string (The id of the appointment, from list_slots), but was the number 7."),
            ("book_slot", "{\"slotId\":\"a\",\"when\":\"now\"}", "'when' is not known; leave it out."),
            ("confirm_request", "{}", "'confirmationToken' is required"),
            ("confirm_request", "{\"confirmationToken\":\"x\",\"idempotencyKey\":\"\"}", "'idempotencyKey' must have 1 to 200 characters."),
        })
        {
            var answer = await shared.Host.CallToolAsync(tool, arguments, token);

            answer.ErrorCode.ShouldBeNull();
            ((bool?)answer.Result!["isError"]).ShouldBe(true);
            answer.Text.ShouldNotBeNull().ShouldContain(problem);
        }
    }
}
