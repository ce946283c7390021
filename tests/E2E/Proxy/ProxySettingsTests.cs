using McpAuthConsole.E2ETests.Host;

namespace McpAuthConsole.E2ETests.Proxy;

/// <summary>A host that would believe the wrong senders does not start, and says why.</summary>
public sealed class ProxySettingsTests
{
    [Fact]
    public async Task Wrong_settings_refuse_to_start_all_at_once()
    {
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => RunningHost.StartAsync(HostOptions.Default with
        {
            Settings = new Dictionary<string, string>
            {
                ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
                ["TrustedProxies__0"] = "the proxy",
                ["TrustedProxies__1"] = "0.0.0.0/0",
                ["TrustedProxies__2"] = "",
            },
        }));

        refused.Message.ShouldContain("ForwardedHeaders_Enabled (ASPNETCORE_FORWARDEDHEADERS_ENABLED) must not be set");
        refused.Message.ShouldContain("but has 'the proxy'");
        refused.Message.ShouldContain("but has '0.0.0.0/0'");
        refused.Message.ShouldContain("Nothing was started.");
        refused.Message.ShouldNotContain("but has ''");
    }

    [Fact]
    public async Task Value_that_cannot_be_read_is_named_without_a_stack()
    {
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => RunningHost.StartAsync(HostOptions.Default with
        {
            Settings = new Dictionary<string, string> { ["Tokens__CodeLifetime"] = "soon" },
        }));
        refused.Message.ShouldContain("'soon' at 'Tokens:CodeLifetime'");
        refused.Message.ShouldContain("Nothing was started.");
        refused.Message.ShouldNotContain("   at ");
    }
}
