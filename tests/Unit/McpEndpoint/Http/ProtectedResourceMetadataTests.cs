using System.Net;
using AuthCore.ResourceServer;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ModelContextProtocol.Server;
using UnitTests.McpEndpoint.TestKit;
using UnitTests.TestKit;

namespace UnitTests.McpEndpoint.Http;

public sealed class ProtectedResourceMetadataTests
{
    [Fact, Spec("RFC 9728 §3.1")]
    public async Task Every_location_serves_the_same_bytes()
    {
        await using var host = await McpHost.StartAsync();

        var root = await GetAsync(host, HttpMethod.Get, "/.well-known/oauth-protected-resource");
        var path = await GetAsync(host, HttpMethod.Get, "/.well-known/oauth-protected-resource/mcp");
        var older = await GetAsync(host, HttpMethod.Get, "/auth/prm");
        var head = await GetAsync(host, HttpMethod.Head, "/.well-known/oauth-protected-resource");

        path.Raw.ShouldBe(root.Raw);
        older.Raw.ShouldBe(root.Raw);
        head.Status.ShouldBe(HttpStatusCode.OK);
        head.Raw.ShouldBeEmpty();
    }

    [Fact, Spec("RFC 9728 §2")]
    public async Task The_document_names_resource_issuer_and_advertised_scopes()
    {
        await using var host = await McpHost.StartAsync(publicUrl: "https://auth.example");

        var document = (await GetAsync(host, HttpMethod.Get, "/.well-known/oauth-protected-resource/mcp")).Json!;

        ((string?)document["resource"]).ShouldBe("https://auth.example/mcp");
        document["authorization_servers"]!.ToJsonString().ShouldBe("""["https://auth.example"]""");
        document["bearer_methods_supported"]!.ToJsonString().ShouldBe("""["header"]""");
        document["scopes_supported"]!.AsArray().Select(scope => (string)scope!).ShouldBe(["account:read", "read:secret", "write"]);
    }

    [Fact]
    public async Task A_list_without_members_is_left_out()
    {
        await using var host = await McpHost.StartAsync(services => services.RemoveAll<ScopeDefinition>().RemoveAll<McpServerTool>());

        (await GetAsync(host, HttpMethod.Get, "/auth/prm")).Json!.ContainsKey("scopes_supported").ShouldBeFalse();
    }

    private static async Task<McpReply> GetAsync(McpHost host, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        return await host.SendAsync(request);
    }
}
