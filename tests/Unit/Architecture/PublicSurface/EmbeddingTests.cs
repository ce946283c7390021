extern alias embedder;

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using embedder::Embedder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using UnitTests.TestKit;

namespace UnitTests.Architecture.PublicSurface;

/// <summary>A host that knows the libraries only by what they show: <c>tests/Embedder</c>, which is no friend of theirs and holds what the documents tell an embedder to write.</summary>
public sealed partial class EmbeddingTests : IDisposable
{
    private readonly EmbeddingHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task The_first_call_is_answered_with_where_to_sign_in()
    {
        using var http = _host.CreateClient();
        using var call = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Headers = { Accept = { new("application/json"), new("text/event-stream") } },
            Content = Json("""{ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "list_notes", "arguments": {} } }"""),
        };
        var refused = await http.SendAsync(call);

        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var challenge = refused.Headers.WwwAuthenticate.ShouldHaveSingleItem().ToString();
        challenge.ShouldContain("resource_metadata=\"http://localhost/.well-known/oauth-protected-resource/mcp\"");
        challenge.ShouldContain("notes:read");
    }

    [Fact]
    public async Task Scopes_of_the_host_are_advertised()
    {
        using var http = _host.CreateClient();
        var metadata = await http.GetFromJsonAsync<JsonElement>("/.well-known/oauth-protected-resource/mcp");

        metadata.GetProperty("scopes_supported").EnumerateArray().Select(scope => scope.GetString()).ShouldBe(["notes:read", "notes:delete"], ignoreOrder: true);
    }

    [Fact]
    public async Task Its_decision_hook_refuses_and_its_fact_hook_hears()
    {
        using var http = _host.CreateClient();

        var foreign = await http.PostAsync("/register", Json("""{ "client_name": "Elsewhere", "redirect_uris": ["https://elsewhere.example/cb"] }"""));
        foreign.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await foreign.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString().ShouldBe("access_denied");

        var ours = await http.PostAsync("/register", Json("""{ "client_name": "Ours", "redirect_uris": ["https://ours.example/cb"] }"""));
        ours.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var longest = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        (await _host.Services.GetRequiredService<IChat>().ReadAsync(longest.Token)).ShouldBe("Ours has come");
    }

    /// <summary>What the documents show compiles, because it stands in that host line by line.</summary>
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/request-journey.md")]
    public void What_the_documents_show_is_in_that_host(string document)
    {
        var known = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests/Embedder"), "*.cs").SelectMany(File.ReadLines).Select(Bare).ToHashSet();
        var shown = CSharpBlock().Matches(Repository.Read(document)).SelectMany(block => block.Groups["code"].Value.Split('\n')).Select(Bare).ToArray();

        shown.ShouldNotBeEmpty();
        shown.Where(line => !known.Contains(line)).ShouldBeEmpty($"{document} shows C# that tests/Embedder does not have");
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static string Bare(string line) => line.Trim();

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    private sealed class EmbeddingHost : WebApplicationFactory<DeleteNote>
    {
        private readonly string _data = Directory.CreateTempSubdirectory("embedder-").FullName;

        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
            .UseEnvironment("Production")
            .UseSetting("DataDirectory", _data)
            .UseSetting("PublicUrl", "http://localhost");

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing && Directory.Exists(_data))
            {
                Directory.Delete(_data, recursive: true);
            }
        }
    }
}
