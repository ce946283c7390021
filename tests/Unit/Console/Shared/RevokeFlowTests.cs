using System.Security.Claims;
using AdminConsole.Shared;
using AuthCore.Revocation;
using AuthCore.Users;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using UnitTests.Console.Features;

namespace UnitTests.Console.Shared;

public sealed class RevokeFlowTests
{
    private static readonly RevocationTarget Client = new RevocationTarget.Client("client-1");
    private static readonly RevocationTarget Family = new RevocationTarget.Family("f1");

    [Fact]
    public async Task Client_is_disabled_and_a_family_is_revoked()
    {
        (await RunAsync(Client)).Button.ShouldBe("Disable");
        (await RunAsync(Family)).Button.ShouldBe("Revoke");
    }

    [Theory]
    [InlineData(0, "Disabled", "It had no live connection.")]
    [InlineData(1, "Disabled", "1 connection was revoked.")]
    [InlineData(7, "Disabled", "7 connections were revoked.")]
    public async Task Disabled_client_is_said_to_be_disabled_whether_or_not_it_had_connections(int families, string summary, string detail)
    {
        var note = (await RunAsync(Client, families)).Note;

        note.Summary.ShouldBe(summary);
        note.Detail.ToString().ShouldStartWith(detail);
    }

    [Theory]
    [InlineData(0, "Nothing left to revoke", "It was revoked already.")]
    [InlineData(1, "Revoked", "1 connection was revoked.")]
    public async Task Family_is_said_to_be_revoked(int families, string summary, string detail)
    {
        var note = (await RunAsync(Family, families)).Note;

        note.Summary.ShouldBe(summary);
        note.Detail.ToString().ShouldStartWith(detail);
    }

    private static async Task<(string Button, NotificationMessage Note)> RunAsync(RevocationTarget target, int families = 1)
    {
        await using var console = new ConsoleContext(Roles.Operator);
        console.Revocations.Outcome = new RevocationOutcome.Revoked(families);
        var button = "";
        console.Dialogs.OnOpen += (_, _, parameters, _) =>
        {
            button = parameters[nameof(ConfirmDialog.Consequence)].ShouldBeOfType<Consequence>().Action;
            console.Dialogs.Close(true);
        };

        await console.Services.GetRequiredService<RevokeFlow>().RunAsync(new ClaimsPrincipal(), target, "Sure?", "Afterwards.");
        return (button, console.Notes.ShouldHaveSingleItem());
    }
}
