using System.Net;
using System.Text.RegularExpressions;

namespace McpAuthConsole.E2ETests.Http;

/// <summary>An input or a button of a form. <paramref name="IsSentUntouched"/>: it is part of the post although nobody touched it.</summary>
internal sealed partial record HtmlField(string Name, string Value, bool IsSentUntouched)
{
    /// <summary>The named inputs and buttons in a piece of markup, in document order.</summary>
    public static IReadOnlyList<HtmlField> AllIn(string html) =>
        [.. Controls().Matches(html)
            .Select(control => (Element: control.Groups["element"].Value.ToUpperInvariant(), Attributes: AttributesOf(control.Groups["attributes"].Value)))
            .Where(control => control.Attributes.ContainsKey("name") && !control.Attributes.ContainsKey("disabled"))
            .Select(control => new HtmlField(
                control.Attributes["name"],
                control.Attributes.GetValueOrDefault("value", "on"),
                control.Element == "INPUT" && IsSuccessful(control.Attributes)))];

    public static Dictionary<string, string> AttributesOf(string markup) =>
        Attributes().Matches(markup)
            .DistinctBy(attribute => attribute.Groups["name"].Value, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                attribute => attribute.Groups["name"].Value,
                attribute => WebUtility.HtmlDecode(attribute.Groups["value"].Value),
                StringComparer.OrdinalIgnoreCase);

    private static bool IsSuccessful(Dictionary<string, string> attributes) =>
        attributes.GetValueOrDefault("type", "text").ToUpperInvariant() switch
        {
            "CHECKBOX" or "RADIO" => attributes.ContainsKey("checked"),
            "SUBMIT" or "BUTTON" or "RESET" => false,
            _ => attributes.ContainsKey("value"),
        };

    [GeneratedRegex("""<(?<element>input|button)\b(?<attributes>(?:[^>"']|"[^"]*"|'[^']*')*)>""", RegexOptions.IgnoreCase)]
    private static partial Regex Controls();

    [GeneratedRegex("""(?<name>[\w:-]+)(?:\s*=\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)'|(?<value>[^\s"'>]+)))?""")]
    private static partial Regex Attributes();
}
