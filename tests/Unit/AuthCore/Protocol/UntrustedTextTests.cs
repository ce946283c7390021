using System.Globalization;
using System.Text;
using AuthCore.Protocol;
using FsCheck;
using FsCheck.Fluent;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Protocol;

public sealed class UntrustedTextTests
{
    /// <summary>What turns the writing direction: Bidi_Control of the Unicode Character Database.</summary>
    private const string Bidirectional = "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    /// <summary>What is drawn as nothing, though its category is one of letters, marks or symbols.</summary>
    private const string Blank = "\u034F\u115F\u1160\u17B4\u180B\u180F\u2800\u3164\uFE00\uFE0E\uFE0F\uFFA0\uFFFC";

    private static readonly Arbitrary<string> Texts = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string?>().Select(text => text ?? ""),
            Gen.Elements('a', ' ', '\n', '\0', '\u001B', '\u0301', '\u0335', '\u20DD', '\u3164', '\u200D', '\u202E', '\uD83D', '\uDE00', '\u2800', '\uFE0F').ArrayOf().Select(chars => new string(chars)),
            Gen.Elements(
                ["a", "é", "東", "🦊", " ", "\t", "\r", "\n", "\u0085", "\u2028", "\u2029", "\u0007", "\u007F", "\u00AD", "\u200B", "\u2060", "\uFEFF", "\uE000", "\uFFFF", "\uD83E", "\uDD8A", "\U000E0041", "\U000E0100", "\U0001D159",
                    .. Bidirectional.Select(c => c.ToString()), .. Blank.Select(c => c.ToString())]).ArrayOf().Select(string.Concat))
        .ToArbitrary();

    [Fact]
    public void What_is_clean_stays_so_and_is_never_longer_than_what_came() => Prop.ForAll(Texts, ArbMap.Default.ArbFor<PositiveInt>(), (text, length) =>
    {
        var clean = UntrustedText.Clean(text, length.Get);
        clean.Length.ShouldBeLessThanOrEqualTo(Math.Min(text.Length, length.Get));
        UntrustedText.Clean(clean, length.Get).ShouldBe(clean);
    }).Check(samples: 500, size: 100);

    [Fact]
    public void Nothing_is_left_that_cannot_be_seen_or_piles_up() => Prop.ForAll(Texts, text =>
    {
        var clean = UntrustedText.Clean(text, int.MaxValue);
        ShouldBeSeen(clean);
        clean.ShouldNotContain('\uFFFD');

        var marks = 0;
        foreach (var rune in clean.EnumerateRunes())
        {
            marks = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            marks.ShouldBeLessThanOrEqualTo(2);
        }
    }).Check(samples: 500, size: 100);

    [Fact]
    public void Whatever_is_cut_no_character_is_cut_in_half() => Prop.ForAll(Texts, ArbMap.Default.ArbFor<PositiveInt>(), (text, length) =>
    {
        UntrustedText.Clean(text, length.Get).EnumerateRunes().ShouldNotContain(Rune.ReplacementChar);
        HasLoneSurrogate(UntrustedText.ForLog(text, length.Get)).ShouldBeFalse();
    }).Check(samples: 500, size: 100);

    [Theory]
    [InlineData("Pay \u202E001\u202C euros", "Pay 001 euros")]
    [InlineData("a\u200Bb\u2060c\uFEFFd\u00ADe", "abcde")]
    [InlineData("\u001B[31mred\u001B[0m", "[31mred[0m")]
    [InlineData("two\nlines\u2028here", "two lines here")]
    [InlineData("tag\U000E0041s", "tags")]
    [InlineData("blank\u3164\u2800", "blank")]
    [InlineData("Zürich 東京 👍", "Zürich 東京 👍")]
    [InlineData("Claude Code", "Claude Code")]
    [InlineData("VS Code \u202Egnp.exe", "VS Code gnp.exe")]
    [InlineData("a\u0000b\u0007c\u200Bd\uFEFFe", "abcde")]
    [InlineData("  two\r\n\tlines\u2028here  ", "two lines here")]
    [InlineData("<b>bold</b>", "<b>bold</b>")]
    [InlineData("\u2067\u2066\u2069", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("half \uD83E", "half")]
    [InlineData("日本語 🦊", "日本語 🦊")]
    public void Only_what_a_person_can_see_is_kept(string? text, string seen) => UntrustedText.Clean(text, 100).ShouldBe(seen);

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

    [Fact]
    public void A_long_name_is_cut_with_an_ellipsis()
    {
        var cut = UntrustedText.Clean(new string('a', 10_000));

        cut.Length.ShouldBe(64);
        cut.ShouldEndWith("…");
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    public void No_character_is_cut_in_half(int longest) =>
        UntrustedText.Clean("🦊🦊🦊🦊🦊🦊🦊🦊", longest).ShouldBe("🦊🦊🦊🦊…");

    [Theory]
    [InlineData("one\ntwo", "one\ntwo")]
    [InlineData("one\r\nfail: two", "one\nfail: two")]
    [InlineData("a\u001b[2Jb\0c", "a\uFFFD[2Jb\uFFFDc")]
    [InlineData("a\u202eb\u2028c\u0085d", "a\uFFFDb\uFFFDc\uFFFDd")]
    [InlineData("tag\U000E0041 blank\u3164", "tag\uFFFD blank\uFFFD")]
    [InlineData("Zürich 東京 🦊", "Zürich 東京 🦊")]
    public void Log_entries_keep_their_lines_and_show_where_something_unseen_was(string text, string clean) => UntrustedText.ForLog(text, 100).ShouldBe(clean);

    [Fact]
    public void Log_entries_end() => UntrustedText.ForLog(new string('x', 1_000_000), 100).ShouldBe(new string('x', 100) + "…");

    [Fact]
    public void A_clean_log_entry_stays_so_has_its_lines_and_ends_where_it_must() => Prop.ForAll(Texts, ArbMap.Default.ArbFor<PositiveInt>(), (text, length) =>
    {
        var whole = UntrustedText.ForLog(text, int.MaxValue);
        ShouldBeSeen(whole.Replace("\n", "", StringComparison.Ordinal).Replace("\uFFFD", "", StringComparison.Ordinal));
        whole.Count(c => c == '\n').ShouldBe(text.Count(c => c == '\n'));
        whole.Length.ShouldBeLessThanOrEqualTo(text.Length);

        var cut = UntrustedText.ForLog(text, length.Get);
        cut.Length.ShouldBeLessThanOrEqualTo(length.Get + 1);
        (cut == whole || (cut.EndsWith('…') && whole.StartsWith(cut[..^1], StringComparison.Ordinal))).ShouldBeTrue();
        UntrustedText.ForLog(cut, length.Get).ShouldBe(cut);
    }).Check(samples: 500, size: 100);

    private static void ShouldBeSeen(string text)
    {
        text.ShouldAllBe(c => !Bidirectional.Contains(c) && !Blank.Contains(c));
        foreach (var rune in text.EnumerateRunes())
        {
            Rune.GetUnicodeCategory(rune).ShouldNotBeOneOf(
                UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.PrivateUse, UnicodeCategory.OtherNotAssigned,
                UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator, UnicodeCategory.Surrogate);
            (rune.Value is >= 0xE0000 and <= 0xE0FFF or 0x1D159).ShouldBeFalse();
        }
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsSurrogate(text[at]))
            {
                if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                {
                    return true;
                }

                at++;
            }
        }

        return false;
    }
}
