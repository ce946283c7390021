using System.Net;

namespace McpAuthConsole.E2ETests.Http;

/// <summary>Connections that come from a loopback address of choice, so that a client can be told from a proxy and from another client.</summary>
internal static class ClientAddress
{
    /// <summary>Not 127.0.0.1, from which everything else of this machine comes.</summary>
    public static IPAddress Other { get; } = IPAddress.Parse("127.0.0.5");

    /// <summary>Connects to this machine under whatever name, from the given address.</summary>
    public static SocketsHttpHandler From(IPAddress address) => new()
    {
        ConnectCallback = async (connection, cancellationToken) => await LoopbackConnection.OpenAsync(address.ToString(), connection.DnsEndPoint.Port, cancellationToken),
    };
}
