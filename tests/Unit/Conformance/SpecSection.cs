using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using UnitTests.TestKit;

namespace UnitTests.Conformance;

/// <summary>A section of a specification, e.g. <c>RFC 7636</c> and <c>4.6</c>.</summary>
internal sealed partial record SpecSection(string Document, string Number) : IComparable<SpecSection>
{
    /// <summary>The sections that a text cites, whole documents with an empty number among them.</summary>
    public static IEnumerable<SpecSection> CitedIn(string text)
    {
        var document = "";
        foreach (Match match in Citation().Matches(text))
        {
            // "RFC 7636 §4.1, §4.6" and "RFC 9700 §2.1 and §4.1" name the document once.
            document = match.Groups["document"].Success ? match.Groups["document"].Value : document;
            if (document.Length > 0)
            {
                yield return new SpecSection(document, match.Groups["number"].Value.TrimEnd('.'));
            }
        }
    }

    /// <summary>What a test is tagged with, and what its name says where classes and methods are named after documents and sections.</summary>
    public static IEnumerable<SpecSection> Of(MethodInfo test)
    {
        var tags = test.GetCustomAttributes<SpecAttribute>().Concat(test.DeclaringType!.GetCustomAttributes<SpecAttribute>());
        foreach (var tag in tags)
        {
            yield return CitedIn(tag.Section).FirstOrDefault() ?? throw new FormatException($"{test.Name}: '{tag.Section}' is no section.");
        }

        var named = SectionInName().Match(test.Name);
        var document = named.Groups["rfc"].Success ? named.Groups["rfc"].Value : DocumentInName().Match(test.DeclaringType!.Name).Groups["rfc"].Value;
        if (named.Success && document.Length > 0)
        {
            yield return new SpecSection($"RFC {document}", named.Groups["number"].Value.Replace('_', '.'));
        }
    }

    /// <summary>Whether one of the two is the other, or a part of it.</summary>
    public bool IsRelatedTo(SpecSection other) =>
        Document == other.Document && (Number == other.Number || IsWithin(other.Number, Number) || IsWithin(Number, other.Number));

    public int CompareTo(SpecSection? other) => other is null ? 1 : (SortKey(Document), SortKey(Number)).CompareTo((SortKey(other.Document), SortKey(other.Number)));

    public override string ToString() => $"{Document} §{Number}";

    private static bool IsWithin(string inner, string outer) => outer.Length > 0 && inner.StartsWith(outer + ".", StringComparison.Ordinal);

    private static string SortKey(string text) => Digits().Replace(text, digits => int.Parse(digits.Value, CultureInfo.InvariantCulture).ToString("D5", CultureInfo.InvariantCulture));

    [GeneratedRegex("(?<document>RFC \\d{4}|OAuth 2\\.1|OpenID Connect Core)(?: §(?<number>[0-9.]+))?|(?<=, |and )§(?<number>[0-9.]+)")]
    private static partial Regex Citation();

    [GeneratedRegex("^(?:Rfc_(?<rfc>\\d{4})_s|S)ection_(?<number>\\d+(?:_\\d+)*)_")]
    private static partial Regex SectionInName();

    [GeneratedRegex("^Rfc(?<rfc>\\d{4})")]
    private static partial Regex DocumentInName();

    [GeneratedRegex("\\d+")]
    private static partial Regex Digits();
}
