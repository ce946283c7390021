using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using McpEndpoint.Tools;
using UnitTests.TestKit;

namespace UnitTests.McpEndpoint.Tools;

public sealed class DisplayTextTests
{
    [Theory]
    [InlineData("Pay \u202E001\u202C euros", "Pay 001 euros")]
    [InlineData("a\u200Bb\u2060c\uFEFFd\u00ADe", "abcde")]
    [InlineData("\u001B[31mred\u001B[0m", "[31mred[0m")]
    [InlineData("two\nlines\u2028here", "two lines here")]
    [InlineData("tag\U000E0041s", "tags")]
    [InlineData("blank\u3164\u2800", "blank")]
    [InlineData("Zürich 東京 👍", "Zürich 東京 👍")]
    public void Only_what_a_person_can_see_is_kept(string text, string seen) => DisplayText.Clean(text, 100).ShouldBe(seen);

    [Fact]
    public void Whatever_comes_in_nothing_invisible_and_nothing_too_long_comes_out() =>
        Prop.ForAll<string, PositiveInt>((text, length) =>
        {
            var most = length.Get + 1;
            var clean = DisplayText.Clean(text ?? "", most);
            clean.Length.ShouldBeLessThanOrEqualTo(most);
            clean.EnumerateRunes().ShouldAllBe(rune =>
                System.Text.Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control && System.Text.Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format);
        }).Check(samples: 100, size: 100);
}
