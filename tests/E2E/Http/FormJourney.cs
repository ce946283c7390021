using McpAuthConsole.E2ETests.Host;

namespace McpAuthConsole.E2ETests.Http;

/// <summary>Login and consent by cookies and form posts alone.</summary>
internal static class FormJourney
{
    /// <summary>Opens a page that asks for a login, signs in, and returns the page that was asked for.</summary>
    public static async Task<FormPage> SignInAsync(this FormBrowser browser, Uri address, Person person)
    {
        var login = await browser.OpenAsync(address);
        return await browser.SubmitAsync(login, [new("email", person.Email), new("password", person.Password)]);
    }

    /// <summary>Grants everything a client asks for; returns its tokens.</summary>
    public static async Task<TokenAnswer> ConnectAsync(this FormBrowser browser, OAuthClient client, string scope)
    {
        var consent = await browser.OpenAsync(client.AuthorizationUrl(scope));
        var sentBack = await browser.SubmitAsync(consent, [new("decision", "allow")]);
        return await client.RedeemAsync(sentBack.Returned("code") ?? throw new InvalidOperationException($"No code: {sentBack.LeadsTo}"));
    }
}
