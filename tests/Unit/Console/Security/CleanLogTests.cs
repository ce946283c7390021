using AdminConsole.Security;

namespace UnitTests.Console.Security;

public sealed class CleanLogTests
{
    [Theory]
    [InlineData("one\ntwo", "one\ntwo")]
    [InlineData("one\r\nfail: two", "one\nfail: two")]
    [InlineData("a\u001b[2Jb\0c", "a\uFFFD[2Jb\uFFFDc")]
    [InlineData("a\u202eb\u2028c\u0085d", "a\uFFFDb\uFFFDc\uFFFDd")]
    public void Lines_keep_what_is_drawn(string text, string clean) => CleanLog.Clean(text, 100).ShouldBe(clean);

    [Fact]
    public void Lines_end() => CleanLog.Clean(new string('x', 1_000_000), 100).ShouldBe(new string('x', 100) + "…");
}
