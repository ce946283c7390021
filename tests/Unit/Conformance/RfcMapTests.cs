using UnitTests.TestKit;

namespace UnitTests.Conformance;

/// <summary>Keeps <c>docs/rfc-map.md</c> true. Set <c>UPDATE_RFC_MAP=1</c> to write it anew.</summary>
public sealed class RfcMapTests
{
    private const string Page = "docs/rfc-map.md";

    private readonly RfcMap _map = RfcMap.OfThisAssembly();
    private readonly string _page;

    public RfcMapTests()
    {
        var file = Path.Combine(Repository.Root, Page);
        if (Environment.GetEnvironmentVariable("UPDATE_RFC_MAP") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, _map.ToPage());
        }

        _page = File.ReadAllText(file);
    }

    [Fact]
    public void Every_tagged_section_is_on_the_page() =>
        _map.Tests.Keys.Select(section => section.ToString()).Except(RfcMap.Read(_page).Sections).ShouldBeEmpty("run with UPDATE_RFC_MAP=1");

    [Fact]
    public void Every_test_on_the_page_exists() =>
        RfcMap.Read(_page).Tests.Except(RfcMap.TestNames()).ShouldBeEmpty("run with UPDATE_RFC_MAP=1");

    [Fact]
    public void Every_source_on_the_page_exists() =>
        RfcMap.Read(_page).Sources.Except(Repository.Sources).ShouldBeEmpty("run with UPDATE_RFC_MAP=1");

    [Fact]
    public void Every_tagged_section_is_cited_by_a_source() =>
        _map.Tests.Keys.Where(section => _map.SourcesOf(section).Count == 0).ShouldBeEmpty("a reader of the source must be able to find the rule");

    [Fact]
    public void The_page_is_read_back_as_it_was_written()
    {
        var (sections, sources, tests) = RfcMap.Read(_map.ToPage());
        sections.ShouldBe(_map.Tests.Keys.Select(section => section.ToString()), ignoreOrder: true);
        sources.ShouldBe(_map.Tests.Keys.SelectMany(_map.SourcesOf).Distinct(), ignoreOrder: true);
        tests.ShouldBe(_map.Tests.Values.SelectMany(names => names).Distinct(), ignoreOrder: true);
    }

    [Theory]
    [InlineData("RFC 7636 §4.6", "RFC 7636 §4.6")]
    [InlineData("Sent as RFC 6749 §3.2. says, and RFC 9207.", "RFC 6749 §3.2|RFC 9207 §")]
    [InlineData("RFC 9700 §2.1 and §4.1 on redirect URIs", "RFC 9700 §2.1|RFC 9700 §4.1")]
    [InlineData("RFC 7636 §4.1, §4.6; OAuth 2.1 §4.1.1", "RFC 7636 §4.1|RFC 7636 §4.6|OAuth 2.1 §4.1.1")]
    [InlineData("§4 of nothing", "")]
    public void A_citation_is_found_in_a_sentence(string text, string sections) =>
        string.Join('|', SpecSection.CitedIn(text)).ShouldBe(sections);
}
