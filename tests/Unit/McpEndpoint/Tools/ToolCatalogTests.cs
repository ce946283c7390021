using AuthCore.ResourceServer;
using McpEndpoint.Confirmation;
using McpEndpoint.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Server;

namespace UnitTests.McpEndpoint.Tools;

public sealed class ToolCatalogTests
{
    private static readonly ToolDefinition Fine = new("fine", ToolAccess.Public, ToolRisk.Read, "Does nothing.");

    [Fact]
    public void A_tool_that_says_nothing_about_access_does_not_start() =>
        Refusal(services => services.AddSingleton(McpServerTool.Create(() => "x", new McpServerToolCreateOptions { Name = "bare" })))
            .ShouldContain("bare: says nothing about who may call it");

    [Fact]
    public void A_name_that_is_taken_does_not_start() =>
        Refusal(services => services.AddMcpTool(Fine, () => "x").AddMcpTool(Fine with { Name = "FINE" }, () => "y"))
            .ShouldContain("registered 2 times");

    [Theory]
    [InlineData("confirm_request", "confirm_request: the name is reserved")]
    [InlineData("a.name.of.more.than.sixty-four.characters.is.more.than.a.model.reads", "a name has 1 to 64 characters")]
    [InlineData("two words", "because of its tool two words")]
    [InlineData("naïve", "because of its tool naïve")]
    public void A_name_that_is_not_for_tools_does_not_start(string name, string reason) =>
        Refusal(services => services.AddMcpTool(Fine with { Name = name }, () => "x")).ShouldContain(reason);

    [Fact]
    public void A_scope_that_is_not_declared_does_not_start() =>
        Refusal(services => services.AddMcpTool(Fine with { Access = ToolAccess.Scopes("write", "wrtie") }, () => "x"))
            .ShouldContain("fine: needs the scope 'wrtie'");

    [Fact]
    public void A_destructive_tool_without_two_phases_does_not_start() =>
        Refusal(services => services.AddMcpTool(Fine with { Risk = ToolRisk.Destructive }, () => "x"))
            .ShouldContain("fine: is destructive, so it must be two-phase");

    [Fact]
    public void A_public_tool_that_asks_who_calls_does_not_start() =>
        Refusal(services => services.AddMcpTool(Fine, (AccessGrant grant) => grant.UserId)).ShouldContain("fine: is public, so its handler cannot take an AccessGrant");

    [Fact]
    public void A_two_phase_tool_for_everybody_does_not_start() =>
        Refusal(services => services.AddMcpTool<PublicAction>()).ShouldContain("public_action: is two-phase, so it cannot be public");

    [Fact]
    public void A_schema_that_is_no_object_does_not_start() =>
        Refusal(services => services.AddMcpTool<Counting>()).ShouldContain("because of its tool counting");

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var message = Refusal(services => services
            .AddMcpTool(Fine with { Name = "a", Risk = ToolRisk.Destructive }, () => "x")
            .AddMcpTool(Fine with { Name = "b", Access = ToolAccess.Scopes("nope") }, () => "x"));

        message.ShouldContain("- a: ");
        message.ShouldContain("- b: ");
    }

    [Fact]
    public void An_access_by_scopes_names_at_least_one() => Should.Throw<ArgumentException>(() => ToolAccess.Scopes());

    private static string Refusal(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        services.AddSingleton(new ScopeDefinition("write", "Write", "Write.", ScopeRisk.Change));
        services.AddSingleton<ScopeCatalog>();
        services.AddSingleton<ToolCatalog>();
        services.AddSingleton(new Confirmations(null!, [], null!, null!, NullLogger<Confirmations>.Instance));
        add(services);
        using var provider = services.BuildServiceProvider();
        return Should.Throw<InvalidOperationException>(provider.GetRequiredService<ToolCatalog>).Message;
    }

    private sealed class PublicAction : ExternalTool<PublicAction.Input>
    {
        public sealed record Input(string What);

        public override ToolDefinition Definition { get; } = Fine with { Name = "public_action", Access = ToolAccess.Public };

        protected override Task<Preview> PrepareAsync(Input input, AccessGrant grant, CancellationToken cancellationToken) => throw new NotSupportedException();

        protected override Task<ExecutionResult> ExecuteAsync(Input input, AccessGrant grant, CancellationToken stopping) => throw new NotSupportedException();
    }

    private sealed class Counting : ExternalTool<int>
    {
        public override ToolDefinition Definition { get; } = Fine with { Name = "counting", Access = ToolAccess.SignedIn };

        protected override Task<Preview> PrepareAsync(int input, AccessGrant grant, CancellationToken cancellationToken) => throw new NotSupportedException();

        protected override Task<ExecutionResult> ExecuteAsync(int input, AccessGrant grant, CancellationToken stopping) => throw new NotSupportedException();
    }
}
