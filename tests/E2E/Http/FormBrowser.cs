namespace McpAuthConsole.E2ETests.Http;

/// <summary>
/// A browser that knows cookies and form posts and nothing else: no JavaScript, no styles. It follows redirects within the host and
/// stops at the first that leads elsewhere, which is how an authorization ends.
/// </summary>
internal sealed class FormBrowser : IDisposable
{
    private const int MostRedirects = 10;
    private readonly SocketsHttpHandler _handler;
    private readonly HttpClient _http;
    private readonly Uri _origin;

    /// <param name="origin">The host; a redirect elsewhere is not followed.</param>
    /// <param name="userAgent">What it calls itself.</param>
    /// <param name="from">The loopback address that it calls from, such as 127.0.0.2; the usual one when null.</param>
    /// <param name="connect">How it connects, where that is not as usual.</param>
    public FormBrowser(Uri origin, string userAgent = "FormBrowser/1.0", string? from = null, SocketsHttpHandler? connect = null)
    {
        _origin = origin;
        _handler = connect ?? new SocketsHttpHandler();
        _handler.AllowAutoRedirect = false;
        _handler.UseCookies = true;
        if (from is not null)
        {
            _handler.ConnectCallback = async (context, cancellationToken) => await LoopbackConnection.OpenAsync(from, context.DnsEndPoint.Port, cancellationToken);
        }

        _http = new HttpClient(_handler);
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(userAgent);
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public System.Net.CookieContainer Cookies => _handler.CookieContainer;

    /// <summary>The session cookie, as a thief would copy it.</summary>
    public string SessionCookie => _handler.CookieContainer.GetCookies(_origin)["session"]?.Value ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>Another browser with the cookies that this one has now: what a thief of them holds.</summary>
    public FormBrowser WithCopiedCookies()
    {
        var thief = new FormBrowser(_origin);
        thief._handler.CookieContainer.Add(_handler.CookieContainer.GetAllCookies());
        return thief;
    }

    public Task<FormPage> OpenAsync(Uri address) => SettleAsync(new HttpRequestMessage(HttpMethod.Get, address));

    /// <summary>Fills in and sends the page's form that has the given first field.</summary>
    public Task<FormPage> SubmitAsync(FormPage page, params IReadOnlyList<KeyValuePair<string, string>> values)
    {
        var form = page.FormWith(values[0].Key);
        return SettleAsync(new HttpRequestMessage(HttpMethod.Post, form.Action) { Content = form.Filled(values) });
    }

    /// <summary>Sends the form that posts to the given path.</summary>
    public Task<FormPage> SubmitToAsync(FormPage page, string path)
    {
        var form = HtmlForm.PostedFrom(page.Html, page.Address).First(form => form.Action.AbsolutePath == path);
        return SettleAsync(new HttpRequestMessage(HttpMethod.Post, form.Action) { Content = form.Filled([]) });
    }

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    private async Task<FormPage> SettleAsync(HttpRequestMessage request)
    {
        for (var hop = 0; hop < MostRedirects; hop++)
        {
            using var response = await _http.SendAsync(request);
            var here = request.RequestUri!;
            request.Dispose();
            if (response.Headers.Location is not { } location)
            {
                return new FormPage(here, response.StatusCode, await response.Content.ReadAsStringAsync(), LeadsTo: null) { RetryAfter = response.Headers.RetryAfter?.Delta };
            }

            var target = new Uri(here, location);
            if (target.GetLeftPart(UriPartial.Authority) != _origin.GetLeftPart(UriPartial.Authority))
            {
                return new FormPage(here, response.StatusCode, string.Empty, target);
            }

            request = new HttpRequestMessage(HttpMethod.Get, target);
        }

        throw new InvalidOperationException($"More than {MostRedirects} redirects.");
    }
}
