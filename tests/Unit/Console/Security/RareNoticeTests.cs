using AdminConsole.Security;
using UnitTests.TestKit;

namespace UnitTests.Console.Security;

public sealed class RareNoticeTests
{
    [Fact]
    public async Task Of_many_at_once_one_is_told_to_write_and_after_the_quiet_one_more()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        var notice = new RareNotice(time, TimeSpan.FromMinutes(10));

        (await AtOnce.RunAsync(8, _ => Task.FromResult(notice.IsDue()))).Count(due => due).ShouldBe(1);
        time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        notice.IsDue().ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));
        notice.IsDue().ShouldBeTrue();
        notice.IsDue().ShouldBeFalse();
    }
}
