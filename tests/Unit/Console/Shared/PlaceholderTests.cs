using AdminConsole.Shared;
using AuthCore.Protocol;

namespace UnitTests.Console.Shared;

public sealed class PlaceholderTests
{
    [Theory]
    [InlineData("Claude Code", "Claude Code")]
    [InlineData("\u2067\u2066\u2069", "(none)")]
    [InlineData("", "(none)")]
    [InlineData(null, "(none)")]
    public void What_has_nothing_to_show_is_said_to_be_none(string? text, string shown) => UntrustedText.Clean(text).OrNone().ShouldBe(shown);
}
