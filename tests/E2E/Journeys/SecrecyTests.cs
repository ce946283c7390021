using System.Text;
using System.Text.Json.Nodes;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Clients;
using McpAuthConsole.E2ETests.Host;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>What was handed to a client or typed by a user is nowhere to be read afterwards.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class SecrecyTests(Chromium chromium)
{
    private static readonly HostOptions Talkative = HostOptions.Default with
    {
        Settings = new Dictionary<string, string>
        {
            ["Logging__LogLevel__Default"] = "Debug",
            ["Logging__LogLevel__Microsoft.AspNetCore"] = "Information",
            ["Logging__LogLevel__Microsoft.EntityFrameworkCore"] = "Information",
            ["Logging__LogLevel__ModelContextProtocol"] = "Debug",
        },
    };

    [Fact]
    public async Task No_secret_is_in_the_output_or_in_the_data_folder()
    {
        await using var host = await RunningHost.StartAsync(Talkative);
        await using var client = new McpClient(McpClientKind.ClientV2, "Watched", host.McpEndpoint);
        await client.ConnectAsync();
        var secrets = new Dictionary<string, string> { ["password"] = Person.Administrator.Password };

        await chromium.WithPageAsync("secrecy", Look.Ordinary, async page =>
        {
            await page.GotoAsync((await client.AuthorizeAsync("read:secret account:read write"))!.AbsoluteUri);
            await new LoginPage(page).SignInAsync(Person.Administrator);
            await page.AllowAsync(client);
            secrets["code"] = Http.Query.Of(new Uri(page.Url))["code"];
        });
        await KeepTokensAsync(client, secrets, "first");
        await client.AuthorizeAsync();
        await KeepTokensAsync(client, secrets, "second");
        var slot = (await client.CallToolAsync("list_slots")).Structured.GetProperty("slots")[0].GetProperty("id").GetString();
        var preview = await client.CallToolAsync("book_slot", new JsonObject { ["slotId"] = slot });
        secrets["confirmation token"] = preview["confirmationToken"];
        await client.CallToolAsync("confirm_request", new JsonObject { ["confirmationToken"] = preview["confirmationToken"] });
        await host.StopAsync();

        // The host did say what it did: silence would prove nothing.
        host.Output.ShouldContain("/token");
        foreach (var (what, secret) in secrets)
        {
            host.Output.ShouldNotContain(secret, Case.Sensitive, $"the {what} was printed");
            FilesWith(secret, host.DataDirectory).ShouldBeEmpty($"the {what} is readable in a file");
        }
    }

    private static async Task KeepTokensAsync(McpClient client, Dictionary<string, string> secrets, string which)
    {
        var credentials = await client.CredentialsAsync();
        secrets[$"{which} access token"] = credentials.AccessToken!;
        secrets[$"{which} access token's signature"] = credentials.AccessToken!.Split('.')[2];
        secrets[$"{which} refresh token"] = credentials.RefreshToken!;
    }

    private static IEnumerable<string> FilesWith(string secret, string folder)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(bytes) >= 0);
    }
}
