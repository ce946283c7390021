using System.Net;
using System.Text.RegularExpressions;

namespace Bench.Hosts;

/// <summary>A person with a browser at a built host: signs in, reads the consent page, and allows all that it offers.</summary>
internal sealed class Person : IDisposable
{
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false };
    private readonly HostProcess _host;

    public Person(HostProcess host)
    {
        _host = host;
        Http = new HttpClient(_handler) { BaseAddress = new Uri(host.Address) };
    }

    public HttpClient Http { get; }

    /// <summary>As the browser sends them.</summary>
    public string Cookies => _handler.CookieContainer.GetCookieHeader(new Uri(_host.Address));

    /// <param name="path">A page that asks for a sign-in.</param>
    public async Task SignInAsync(string path)
    {
        var login = await OpenAsync(path);
        using var answer = await Http.PostAsync(login.Path, Form(
            ("__RequestVerificationToken", login.Hidden("__RequestVerificationToken")), ("email", HostProcess.Email), ("password", _host.Password)));
    }

    /// <summary>A page, wherever it moved to.</summary>
    public async Task<Page> OpenAsync(string path)
    {
        for (var hop = 0; hop < 5; hop++)
        {
            using var answer = await Http.GetAsync(path);
            if (answer.Headers.Location is not { } location)
            {
                return new Page(path, await answer.Content.ReadAsStringAsync());
            }

            path = location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString;
        }

        throw new InvalidOperationException("The host redirects in circles.");
    }

    public async Task<Code> AllowAsync(OAuthClient client, string scope)
    {
        var opened = await OpenAsync(client.AuthorizePath(scope, out var verifier));
        // The form that answers, not the one that changes the account, which stands above it.
        var consent = opened with { Html = opened.Html[opened.Html.IndexOf("action=\"/consent", StringComparison.Ordinal)..] };
        using var sentBack = await Http.PostAsync(consent.Path, Form(
        [
            ("__RequestVerificationToken", consent.Hidden("__RequestVerificationToken")),
            ("ticket", consent.Hidden("ticket")),
            ("decision", "allow"),
            .. consent.All("scope").Select(offered => ("scope", offered)),
        ]));
        return Code.From(sentBack.Headers.Location ?? throw new InvalidOperationException($"Consent was answered with {(int)sentBack.StatusCode}."), verifier);
    }

    /// <summary>Allows, and has the client exchange the code.</summary>
    public async Task<Tokens> ConnectAsync(OAuthClient client, string scope) =>
        await client.ExchangeAsync(await AllowAsync(client, scope)) ?? throw new InvalidOperationException("A fresh code was refused.");

    public void Dispose()
    {
        Http.Dispose();
        _handler.Dispose();
    }

    private static FormUrlEncodedContent Form(params IEnumerable<(string Name, string Value)> fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
}

/// <summary>A page, and what its forms hold.</summary>
internal sealed record Page(string Path, string Html)
{
    public string Hidden(string name) => All(name).FirstOrDefault() ?? throw new InvalidOperationException($"The page has no field '{name}'.");

    /// <summary>The values of the fields of that name, whichever attribute comes first.</summary>
    public IEnumerable<string> All(string name) =>
        Regex.Matches(Html, $"""name="{name}"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="{name}["]""")
            .Select(field => WebUtility.HtmlDecode(field.Groups[1].Value + field.Groups[2].Value));
}
