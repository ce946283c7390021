using AdminConsole.Security;

namespace UnitTests.Console.Security;

public class LocalPathTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/admin/families?search=claude%20code&page=2")]
    [InlineData("/consent?ticket=abc_-123")]
    [InlineData("/authorize?redirect_uri=http://127.0.0.1:3000/callback")]
    [InlineData("/account/login#top")]
    public void A_path_of_this_host_is_taken_as_it_is(string path) => LocalPath.From(path)!.Value.ShouldBe(path);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("admin")]
    [InlineData("http://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//evil.example")]
    [InlineData("///evil.example")]
    [InlineData(@"/\evil.example")]
    [InlineData(@"\\evil.example")]
    [InlineData("/%2fevil.example")]
    [InlineData("/%5cevil.example")]
    [InlineData("/admin//evil.example")]
    [InlineData("/\tevil")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\r\nSet-Cookie: a=b")]
    [InlineData("/%0d%0aSet-Cookie:%20a=b")]
    [InlineData("/admin?x=%0D%0Ay")]
    [InlineData("/admin?x=%00")]
    [InlineData("/ evil")]
    [InlineData(" /admin")]
    [InlineData("/äpfel")]
    public void Anything_that_a_browser_could_take_elsewhere_is_refused(string? path) => LocalPath.From(path).ShouldBeNull();

    [Fact]
    public void An_endless_path_is_refused() => LocalPath.From("/" + new string('a', 20_000)).ShouldBeNull();

    [Fact]
    public void A_parameter_of_any_content_is_escaped() =>
        LocalPath.Own("/consent").With("ticket", "a&b=c\r\n//").Value.ShouldBe("/consent?ticket=a%26b%3Dc%0D%0A%2F%2F");

    [Fact]
    public void Own_paths_are_checked_too() => Should.Throw<ArgumentException>(() => LocalPath.Own("//evil.example"));
}
