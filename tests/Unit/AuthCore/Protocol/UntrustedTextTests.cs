using System.Globalization;
using System.Text;
using AuthCore.Protocol;
using FsCheck;
using FsCheck.Fluent;

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
}
