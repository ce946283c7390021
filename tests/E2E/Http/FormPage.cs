using System.Net;

namespace McpAuthConsole.E2ETests.Http;

/// <summary>Where a <see cref="FormBrowser"/> has arrived; <paramref name="LeadsTo"/> is set when it was sent away from the host.</summary>
internal sealed record FormPage(Uri Address, HttpStatusCode Status, string Html, Uri? LeadsTo)
{
    /// <summary>How long the host asks to wait, if it does.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public HtmlForm FormWith(string field) =>
        HtmlForm.PostedFrom(Html, Address).FirstOrDefault(form => form.Has(field))
        ?? throw new InvalidOperationException($"{Address.AbsolutePath} ({(int)Status}) has no form with `{field}`:\n{Html}");

    /// <summary>A parameter of the address that the browser was sent to.</summary>
    public string? Returned(string parameter) => Query.Of(LeadsTo ?? throw new InvalidOperationException($"Still at {Address}:\n{Html}"))
        .GetValueOrDefault(parameter);
}
