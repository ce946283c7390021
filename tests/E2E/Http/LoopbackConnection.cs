using System.Net;
using System.Net.Sockets;

namespace McpAuthConsole.E2ETests.Http;

/// <summary>A connection to this machine from a chosen address of it: all of 127.0.0.0/8 is loopback, and to the host each is somebody else.</summary>
internal static class LoopbackConnection
{
    public static async Task<Stream> OpenAsync(string from, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
