using AdminConsole.Features.RateLimits;
using AuthCore.RateLimits;

namespace UnitTests.Console.Features.RateLimits;

public sealed class RefusalColumnsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 10, 0, TimeSpan.Zero);

    [Fact]
    public void Times_without_a_refusal_have_a_column_too()
    {
        var columns = new RefusalColumns([Point(11, 30, "token", 3)], Now.AddHours(-1), Now, TimeSpan.FromMinutes(30));

        columns.Spans.Select(column => column.Label).ShouldBe(["11:00", "11:30", "12:00"]);
        columns.Spans.Select(column => column.Hits.Sum(part => part.Hits)).ShouldBe([0, 3, 0]);
    }

    [Fact]
    public void The_same_hour_of_two_days_is_two_columns()
    {
        var columns = new RefusalColumns([Point(12, 0, "token", 1)], Now.AddDays(-1), Now, TimeSpan.FromMinutes(30));

        columns.Spans.Count(column => column.Label == "12:00").ShouldBe(2);
        columns.Spans[^1].Hits.ShouldBe([("token", 1)]);
        columns.Spans[0].Hits.ShouldBeEmpty();
    }

    [Fact]
    public void Limits_are_stacked_in_one_order()
    {
        var columns = new RefusalColumns(
            [Point(12, 0, "token", 1), Point(12, 0, "login", 2), Point(11, 30, "token", 4)], Now.AddHours(-1), Now, TimeSpan.FromMinutes(30));

        columns.Policies.ShouldBe([("login", 2), ("token", 5)]);
        columns.Spans[^1].Hits.ShouldBe([("login", 2), ("token", 1)]);
        columns.Total.ShouldBe(7);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(10, 10)]
    [InlineData(11, 20)]
    [InlineData(500, 500)]
    [InlineData(501, 1000)]
    public void The_upper_edge_is_a_round_number(int largest, int top) =>
        new RefusalColumns([Point(12, 0, "token", largest)], Now.AddHours(-1), Now, TimeSpan.FromMinutes(30)).Top.ShouldBe(top);

    private static RateLimitPoint Point(int hour, int minute, string policy, int hits) =>
        new(new DateTimeOffset(2026, 11, 21, hour, minute, 0, TimeSpan.Zero), policy, hits);
}
