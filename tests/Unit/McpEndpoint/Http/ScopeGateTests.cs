using System.Net;
using System.Text.Json.Nodes;
using UnitTests.McpEndpoint.TestKit;
using UnitTests.TestKit;

namespace UnitTests.McpEndpoint.Http;

public sealed class ScopeGateTests : IAsyncLifetime
{
    private const string Metadata = "resource_metadata=\"http://localhost/.well-known/oauth-protected-resource/mcp\"";

    private McpHost _host = null!;

    public async Task InitializeAsync() => _host = await McpHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("initialize", """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}""")]
    [InlineData("tools/list", "{}")]
    [InlineData("ping", "{}")]
    [InlineData("tools/call", """{"name":"about"}""")]
    public async Task What_is_public_needs_no_token(string method, string parameters)
    {
        var reply = await _host.LegacyAsync(method, JsonNode.Parse(parameters)!.AsObject());

        reply.Status.ShouldBe(HttpStatusCode.OK);
        reply.Result.ShouldNotBeNull();
    }

    [Fact, Spec("RFC 6750 §3"), Spec("RFC 9728 §5.1")]
    public async Task A_protected_tool_without_token_is_challenged_with_its_scope_and_no_error_code()
    {
        var reply = await _host.CallAsync("get_secret");

        reply.Status.ShouldBe(HttpStatusCode.Unauthorized);
        reply.Challenge.ShouldBe($"Bearer {Metadata}, scope=\"read:secret\"");
        ((int?)reply.Json!["id"]).ShouldBe(7);
    }

    [Fact]
    public async Task A_tool_for_everybody_who_is_signed_in_is_challenged_without_a_scope()
    {
        var reply = await _host.CallAsync("whoami");

        reply.Status.ShouldBe(HttpStatusCode.Unauthorized);
        reply.Challenge.ShouldBe($"Bearer {Metadata}");
    }

    [Fact, Spec("RFC 6750 §3.1")]
    public async Task Too_little_scope_is_answered_with_everything_to_ask_for()
    {
        var reply = await _host.CallAsync("get_secret", token: _host.Tokens.Issue("account:read offline_access"));

        reply.Status.ShouldBe(HttpStatusCode.Forbidden);
        reply.Challenge.ShouldBe(
            $"Bearer error=\"insufficient_scope\", scope=\"account:read read:secret\", {Metadata}, error_description=\"The tool get_secret needs: read:secret\"");
    }

    [Fact]
    public async Task Only_a_call_that_lacked_a_scope_is_noted_for_the_refresh_that_follows()
    {
        await _host.CallAsync("get_secret");
        await _host.CallAsync("get_secret", token: "forged");
        await _host.CallAsync("get_secret", token: _host.Tokens.Issue("read:secret"));
        _host.Tokens.Insufficient.ShouldBeEmpty();

        await _host.CallAsync("get_secret", token: _host.Tokens.Issue("account:read", family: "family-2"));
        _host.Tokens.Insufficient.ShouldBe(["family-2"]);
    }

    [Fact]
    public async Task Enough_scope_runs_the_tool()
    {
        var reply = await _host.CallAsync("get_secret", token: _host.Tokens.Issue("read:secret"));

        reply.Status.ShouldBe(HttpStatusCode.OK);
        reply.Text.ShouldNotBeNull().ShouldContain("cake");
    }

    [Theory, Spec("RFC 6750 §3.1")]
    [InlineData("about")]
    [InlineData("whoami")]
    public async Task A_bad_token_is_refused_even_where_none_is_needed(string tool)
    {
        var reply = await _host.CallAsync(tool, token: "forged");

        reply.Status.ShouldBe(HttpStatusCode.Unauthorized);
        reply.Challenge.ShouldNotBeNull().ShouldStartWith("Bearer error=\"invalid_token\"");
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"Name":"get_secret"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"about","name":"get_secret"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"about","Name":"get_secret"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call","params":{"name":"get_secret"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"about"},"Params":{"name":"get_secret"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"n\u0061me":"get_secret"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"GET_SECRET"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"Tools/Call","params":{"name":"get_secret"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":["get_secret"]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":["get_secret"]}}""")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_secret"}}]""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"}{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_secret"}}""")]
    public async Task No_way_of_writing_the_call_gets_around_the_gate(string body)
    {
        var reply = await _host.SendAsync(body);

        reply.Raw.ShouldNotContain("cake");
        reply.Status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized);
        if (reply.Status == HttpStatusCode.OK)
        {
            reply.ErrorCode.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Confirming_needs_the_scopes_of_what_was_prepared()
    {
        var slot = (string)(await _host.CallAsync("list_slots", token: _host.Tokens.Issue("account:read"))).Structured!["slots"]![0]!["id"]!;
        var preview = await _host.CallAsync("book_slot", new() { ["slotId"] = slot }, _host.Tokens.Issue("write"));
        var confirmation = new JsonObject { ["confirmationToken"] = (string)preview.Structured!["confirmationToken"]! };

        var reply = await _host.CallAsync("confirm_request", confirmation, _host.Tokens.Issue("account:read"));

        reply.Status.ShouldBe(HttpStatusCode.Forbidden);
        reply.Challenge.ShouldNotBeNull().ShouldContain("scope=\"account:read write\"");
    }

    [Fact]
    public async Task A_tool_can_end_its_own_connection()
    {
        var token = _host.Tokens.Issue();

        (await _host.CallAsync("revoke_auth_token", token: token)).Text.ShouldNotBeNull().ShouldContain("Signed out");

        (await _host.CallAsync("whoami", token: token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_am_I_answers_from_the_token()
    {
        var reply = await _host.CallAsync("whoami", token: _host.Tokens.Issue("write account:read"));

        reply.Structured!["userId"]!.ToString().ShouldBe("user-1");
        reply.Structured["email"]!.ToString().ShouldBe("user-1@example.com");
        reply.Structured["clientId"]!.ToString().ShouldBe("client-1");
        reply.Structured["scopes"]!.ToJsonString().ShouldBe("""["account:read","write"]""");
        reply.Structured["expiresAt"].ShouldNotBeNull();
    }
}
