using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using UnitTests.TestKit;

namespace UnitTests.Conformance;

/// <summary>Which section of which specification is kept where, and which tests hold it. Read from the tests' tags and from what the sources cite.</summary>
internal sealed partial class RfcMap
{
    private static readonly Dictionary<string, string> Titles = new(StringComparer.Ordinal)
    {
        ["OAuth 2.1"] = "The OAuth 2.1 Authorization Framework (draft-ietf-oauth-v2-1)",
        ["OpenID Connect Core"] = "OpenID Connect Core 1.0",
        ["RFC 6749"] = "The OAuth 2.0 Authorization Framework",
        ["RFC 6750"] = "Bearer Token Usage",
        ["RFC 7009"] = "Token Revocation",
        ["RFC 7515"] = "JSON Web Signature",
        ["RFC 7516"] = "JSON Web Encryption",
        ["RFC 7517"] = "JSON Web Key",
        ["RFC 7591"] = "Dynamic Client Registration",
        ["RFC 7636"] = "Proof Key for Code Exchange",
        ["RFC 7662"] = "Token Introspection",
        ["RFC 8252"] = "OAuth 2.0 for Native Apps",
        ["RFC 8414"] = "Authorization Server Metadata",
        ["RFC 8707"] = "Resource Indicators",
        ["RFC 8725"] = "JSON Web Token Best Current Practices",
        ["RFC 9068"] = "JWT Profile for Access Tokens",
        ["RFC 9110"] = "HTTP Semantics",
        ["RFC 9207"] = "Authorization Server Issuer Identification",
        ["RFC 9700"] = "Best Current Practice for OAuth 2.0 Security",
        ["RFC 9728"] = "Protected Resource Metadata",
    };

    private readonly Dictionary<string, SpecSection[]> _citations =
        Repository.Sources.ToDictionary(source => source, source => SpecSection.CitedIn(Repository.Read(source)).Distinct().ToArray());

    private RfcMap(SortedDictionary<SpecSection, SortedSet<string>> tests) => Tests = tests;

    /// <summary>The names of the tests of each section.</summary>
    public SortedDictionary<SpecSection, SortedSet<string>> Tests { get; }

    /// <summary>Every test of this assembly that has a section, as <c>Class.Method</c>.</summary>
    public static RfcMap OfThisAssembly()
    {
        SortedDictionary<SpecSection, SortedSet<string>> tests = [];
        foreach (var method in TestMethods())
        {
            foreach (var section in SpecSection.Of(method))
            {
                tests.TryAdd(section, new SortedSet<string>(StringComparer.Ordinal));
                tests[section].Add(NameOf(method));
            }
        }

        return new RfcMap(tests);
    }

    public static IEnumerable<string> TestNames() => TestMethods().Select(NameOf);

    /// <summary>The sources that cite the section; where none does, those that cite something around it or in it.</summary>
    public IReadOnlyList<string> SourcesOf(SpecSection section)
    {
        var exact = Citing(section.Equals);
        return exact.Count > 0 ? exact : Citing(section.IsRelatedTo);
    }

    public string ToPage()
    {
        var page = new StringBuilder(
            """
            # Specifications, where they are kept, and which tests hold them

            Written by `UPDATE_RFC_MAP=1 dotnet test tests/Unit --filter RfcMapTests` from the tests' `[Spec]` tags and from what the sources cite. Without the
            variable the same tests fail when a tagged section is not on this page, or when the page names a test or a source that does not exist.

            """);
        foreach (var document in Tests.GroupBy(entry => entry.Key.Document))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {document.Key}: {(Titles.TryGetValue(document.Key, out var title) ? title : throw new KeyNotFoundException($"{document.Key} has no title."))}\n\n");
            page.Append("| Section | Source | Tests |\n| --- | --- | --- |\n");
            foreach (var (section, tests) in document)
            {
                page.Append(CultureInfo.InvariantCulture, $"| §{section.Number} | {string.Join("<br>", SourcesOf(section).Select(Link))} | {string.Join("<br>", tests.Select(test => $"`{test}`"))} |\n");
            }
        }

        return page.ToString();
    }

    /// <summary>What a page says, read back.</summary>
    public static (IReadOnlySet<string> Sections, IReadOnlySet<string> Sources, IReadOnlySet<string> Tests) Read(string page)
    {
        HashSet<string> sections = [], sources = [], tests = [];
        var document = "";
        foreach (var line in page.Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                document = line[3..line.IndexOf(':', StringComparison.Ordinal)];
            }
            else if (line.StartsWith("| §", StringComparison.Ordinal))
            {
                var cells = line.Split(" | ");
                sections.Add($"{document} {cells[0][2..]}");
                sources.UnionWith(LinkTarget().Matches(cells[1]).Select(match => match.Groups[1].Value));
                tests.UnionWith(CodeSpan().Matches(cells[2]).Select(match => match.Groups[1].Value));
            }
        }

        return (sections, sources, tests);
    }

    private List<string> Citing(Func<SpecSection, bool> which) => [.. _citations.Where(entry => entry.Value.Any(which)).Select(entry => entry.Key)];

    private static IEnumerable<MethodInfo> TestMethods() => typeof(RfcMap).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttribute<FactAttribute>() is not null);

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static string Link(string source) => $"[{Path.GetFileNameWithoutExtension(source)}](../{source})";

    [GeneratedRegex(@"\]\(\.\./([^)]+)\)")]
    private static partial Regex LinkTarget();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();
}
