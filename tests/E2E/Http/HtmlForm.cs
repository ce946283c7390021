using System.Text.RegularExpressions;

namespace McpAuthConsole.E2ETests.Http;

/// <summary>A form as a browser without JavaScript sees it: where it is posted to, and the fields it would send.</summary>
internal sealed partial record HtmlForm(Uri Action, IReadOnlyList<HtmlField> Fields)
{
    /// <summary>The forms of a page that are posted, in document order.</summary>
    public static IReadOnlyList<HtmlForm> PostedFrom(string html, Uri page) =>
        [.. Forms().Matches(html)
            .Select(form => (Attributes: HtmlField.AttributesOf(form.Groups["attributes"].Value), Body: form.Groups["body"].Value))
            .Where(form => string.Equals(form.Attributes.GetValueOrDefault("method"), "post", StringComparison.OrdinalIgnoreCase))
            .Select(form => new HtmlForm(new Uri(page, form.Attributes.GetValueOrDefault("action") ?? page.PathAndQuery), HtmlField.AllIn(form.Body)))];

    public bool Has(string name) => Fields.Any(field => field.Name == name);

    /// <summary>What is sent with the given values and, of the buttons, the one pressed; fields that are not named keep the page's values.</summary>
    public FormUrlEncodedContent Filled(params IReadOnlyList<KeyValuePair<string, string>> values) =>
        new(Fields
            .Where(field => field.IsSentUntouched && values.All(given => given.Key != field.Name))
            .Select(field => KeyValuePair.Create(field.Name, field.Value))
            .Concat(values));

    [GeneratedRegex("""<form\b(?<attributes>[^>]*)>(?<body>.*?)</form>""", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Forms();
}
