using AdminConsole.Shared;

namespace UnitTests.Console.Shared;

public class AgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(-9, "just now")]
    [InlineData(9, "just now")]
    [InlineData(-45, "45 seconds ago")]
    [InlineData(-60, "1 minute ago")]
    [InlineData(-7_199, "1 hour ago")]
    [InlineData(-7_200, "2 hours ago")]
    [InlineData(-86_400, "1 day ago")]
    [InlineData(-31_536_000, "1 year ago")]
    [InlineData(90, "in 1 minute")]
    [InlineData(2_592_000, "in 30 days")]
    public void Distances_are_told_in_the_largest_whole_unit(int seconds, string words) =>
        Age.Words(Now.AddSeconds(seconds), Now).ShouldBe(words);
}
