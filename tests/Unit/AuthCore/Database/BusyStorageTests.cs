using System.Globalization;
using AuthCore.Database;
using AuthCore.Storage;
using Microsoft.AspNetCore.Http;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Database;

public sealed class BusyStorageTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    [Fact]
    public async Task A_page_that_finds_the_store_busy_says_when_to_come_back()
    {
        var server = await shared.EmptiedAsync();
        var context = new DefaultHttpContext();
        await new BusyStorage(_ => throw new StorageBusyException("full"), server.Get<IReadDatabase>()).InvokeAsync(context);
        context.Response.StatusCode.ShouldBe(StatusCodes.Status503ServiceUnavailable);
        context.Response.Headers.RetryAfter.ToString().ShouldBe(StorageBusyException.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture));
    }
}
