using System.Globalization;
using System.Text;
using AuthCore.Protocol;
using FsCheck;
using FsCheck.Fluent;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Protocol;

public sealed class UntrustedTextTests
{
    private static readonly Arbitrary<string> Texts = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string?>().Select(text => text ?? ""),
            Gen.Elements('a', ' ', '\n', '\0', '\u001B', '\u0301', '\u0335', '\u20DD', '\u3164', '\u200D', '\u202E', '\uD83D', '\uDE00', '\u2800', '\uFE0F').ArrayOf().Select(chars => new string(chars)))
        .ToArbitrary();

    [Fact]
    public void What_is_clean_stays_so_and_is_never_longer_than_what_came() => Prop.ForAll(Texts, ArbMap.Default.ArbFor<PositiveInt>(), (text, length) =>
    {
        var clean = UntrustedText.Clean(text, length.Get);
        clean.Length.ShouldBeLessThanOrEqualTo(Math.Min(text.Length, length.Get));
        UntrustedText.Clean(clean, length.Get).ShouldBe(clean);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Nothing_is_left_that_cannot_be_seen_or_piles_up() => Prop.ForAll(Texts, text =>
    {
        var marks = 0;
        foreach (var rune in UntrustedText.Clean(text, int.MaxValue).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            category.ShouldNotBe(UnicodeCategory.Control);
            category.ShouldNotBe(UnicodeCategory.Format);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            marks.ShouldBeLessThanOrEqualTo(2);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("Pay \u202E001\u202C euros", "Pay 001 euros")]
    [InlineData("a\u200Bb\u2060c\uFEFFd\u00ADe", "abcde")]
    [InlineData("\u001B[31mred\u001B[0m", "[31mred[0m")]
    [InlineData("two\nlines\u2028here", "two lines here")]
    [InlineData("tag\U000E0041s", "tags")]
    [InlineData("blank\u3164\u2800", "blank")]
    [InlineData("Zürich 東京 👍", "Zürich 東京 👍")]
    public void Only_what_a_person_can_see_is_kept(string text, string seen) => UntrustedText.Clean(text, 100).ShouldBe(seen);

    [Fact]
    public void Whatever_comes_in_nothing_invisible_and_nothing_too_long_comes_out() =>
        Prop.ForAll<string, PositiveInt>((text, length) =>
        {
            var most = length.Get + 1;
            var clean = UntrustedText.Clean(text ?? "", most);
            clean.Length.ShouldBeLessThanOrEqualTo(most);
            clean.EnumerateRunes().ShouldAllBe(rune =>
                Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format);
        }).Check(samples: 100, size: 100);
}
