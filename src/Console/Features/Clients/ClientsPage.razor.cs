using AdminConsole.Shared;
using AdminConsole.Shared.Lists;
using AuthCore.Clients;
using AuthCore.Protocol;
using AuthCore.Revocation;
using AuthCore.Storage;
using Microsoft.AspNetCore.Components;

namespace AdminConsole.Features.Clients;

public sealed partial class ClientsPage
{
    private static readonly (string, string)[] Origins =
        [(nameof(ClientOrigin.Dynamic), "By itself"), (nameof(ClientOrigin.Preregistered), "By an administrator")];

    private static readonly (string, string)[] States = [("enabled", "Enabled"), ("disabled", "Disabled")];

    private ListPage<ClientRow> _page = default!;

    [Inject]
    internal IClientDirectory Clients { get; set; } = default!;

    [Inject]
    internal RevokeFlow Revoking { get; set; } = default!;

    [Inject]
    internal ConsoleAction Action { get; set; } = default!;

    private ListSource<ClientRow> Source => field ??= new(
        "clients",
        ListSchema.Of<ClientSort>(ListFilterField.Of<ClientOrigin>("origin"), new("state", ["enabled", "disabled"])),
        ChangeTopics.Clients | ChangeTopics.Families | ChangeTopics.Activity,
        row => row.ClientId,
        ReadAsync);

    private async Task<Page<ClientRow>> ReadAsync(ListState state, CancellationToken cancellationToken) => await Clients.ListAsync(
        await CallerAsync(),
        state.Into<ClientQuery, ClientSort>(new ClientQuery
        {
            Origin = state.Filter<ClientOrigin>("origin"),
            Disabled = state.Filter("state") is { } wanted ? wanted == "disabled" : null,
        }),
        cancellationToken);

    private async Task DisableAsync(ClientRow client)
    {
        var again = await Revoking.RunAsync(
            await CallerAsync(),
            new RevocationTarget.Client(client.ClientId),
            $"Disable the client “{Name(client)}”?",
            "It cannot ask anybody for access again until it is enabled here.");
        if (again)
        {
            await _page.RenewAsync();
        }
    }

    private async Task EnableAsync(ClientRow client)
    {
        await Action.RunAsync(async () => await Clients.EnableAsync(await CallerAsync(), client.ClientId)
            ? ConsoleNotes.Done("Enabled", $"“{Name(client)}” may ask for access again. What was revoked stays revoked.")
            : ConsoleNotes.Info("Nothing to enable", "It was enabled already, or is no longer there."));
        await _page.RenewAsync();
    }

    private static string Name(ClientRow client) => UntrustedText.Clean(client.Name.Text).OrNone();

    private static string Hosts(ClientRow client) => RedirectHosts.Of(client.RedirectUris);
}
