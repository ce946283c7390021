using AdminConsole.Shared;

namespace UnitTests.Console.Shared;

public sealed class UntrustedTextTests
{
    [Theory]
    [InlineData("Claude Code", "Claude Code")]
    [InlineData("VS Code \u202Egnp.exe", "VS Code gnp.exe")]
    [InlineData("a\u0000b\u0007c\u200Bd\uFEFFe", "abcde")]
    [InlineData("  two\r\n\tlines\u2028here  ", "two lines here")]
    [InlineData("<b>bold</b>", "<b>bold</b>")]
    [InlineData("\u2067\u2066\u2069", "(none)")]
    [InlineData("", "(none)")]
    [InlineData(null, "(none)")]
    [InlineData("half \uD83E", "half")]
    [InlineData("日本語 🦊", "日本語 🦊")]
    public void Only_what_can_be_seen_is_left(string? text, string left) => UntrustedText.Of(text).ShouldBe(left);

    [Fact]
    public void A_long_name_is_cut_with_an_ellipsis()
    {
        var cut = UntrustedText.Of(new string('a', 10_000));

        cut.Length.ShouldBe(64);
        cut.ShouldEndWith("…");
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    public void No_character_is_cut_in_half(int longest) =>
        UntrustedText.Of("🦊🦊🦊🦊🦊🦊🦊🦊", longest).ShouldBe("🦊🦊🦊🦊…");
}
