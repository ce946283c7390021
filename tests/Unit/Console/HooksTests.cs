using System.Net;
using System.Text;
using AdminConsole.Features.Audit;
using AuthCore.Hooks;
using AuthCore.Registration;
using Microsoft.Extensions.DependencyInjection;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.Console;

/// <summary>Hooks of a host that embeds everything, through its whole pipeline.</summary>
public sealed class HooksTests
{
    [Fact]
    public async Task A_host_adds_hooks_with_a_line_each()
    {
        using var console = new ConsoleHost();
        using var host = console.WithWebHostBuilder(builder => builder.ConfigureServices(services => services
            .AddDecisionHook<RegisteringClient, OnlyOurs>()
            .AddFactHook<ClientRegistered, RegisteredHook>()
            .AddFactHook<DecisionVetoed, VetoedHook>()));
        using var client = host.CreateClient();

        using var refused = await RegisterAsync(client, "https://elsewhere.example/cb");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldBe("""{"error":"access_denied","error_description":"The server does not allow this registration."}""");
        var vetoed = host.Services.GetRequiredService<VetoedHook>();
        await vetoed.HearsAsync(1);
        AuditWords.Of(vetoed.Heard.Single()).ShouldBe($"client.register refused: foreign_redirect, by {typeof(OnlyOurs).FullName}");
        vetoed.Contexts.Single().Origin.CorrelationId.ShouldNotBeNullOrEmpty();

        using var registered = await RegisterAsync(client, "https://ours.example/cb");
        registered.StatusCode.ShouldBe(HttpStatusCode.Created);
        var hook = host.Services.GetRequiredService<RegisteredHook>();
        await hook.HearsAsync(1);
        hook.Heard.Single().ClientName.ShouldBe("Ours");
    }

    private static Task<HttpResponseMessage> RegisterAsync(HttpClient client, string redirectUri) => client.PostAsync(
        new Uri("/register", UriKind.Relative),
        new StringContent($$"""{"client_name":"Ours","redirect_uris":["{{redirectUri}}"],"token_endpoint_auth_method":"none"}""", Encoding.UTF8, "application/json"));

    private sealed class OnlyOurs : IDecisionHook<RegisteringClient>
    {
        public ValueTask<Verdict> DecideAsync(RegisteringClient decision, CancellationToken cancellationToken) =>
            new(decision.RedirectUris.All(uri => uri.StartsWith("https://ours.example/", StringComparison.Ordinal)) ? Verdict.Allow : Verdict.Refuse("foreign_redirect"));
    }

    private sealed class RegisteredHook : ScriptedFactHook<ClientRegistered>;

    private sealed class VetoedHook : ScriptedFactHook<DecisionVetoed>;
}
