using Microsoft.EntityFrameworkCore;
using UnitTests.McpEndpoint.TestKit;

namespace UnitTests.McpEndpoint.Storage;

public sealed class McpDbContextTests
{
    [Fact]
    public async Task Migrations_say_all_that_the_model_says()
    {
        await using var host = await McpHost.StartAsync();
        await using var context = host.OpenDatabase();

        context.Database.HasPendingModelChanges().ShouldBeFalse();
    }
}
