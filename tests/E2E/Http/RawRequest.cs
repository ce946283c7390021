using System.Net.Sockets;
using System.Text;

namespace McpAuthConsole.E2ETests.Http;

/// <summary>Bytes as no HTTP library would send them.</summary>
internal static class RawRequest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Sends a request line and header lines, and returns all that comes back until the server hangs up.</summary>
    public static async Task<string> SendAsync(Uri host, string requestLine, params string[] headers)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(host.Host, host.Port, deadline.Token);
        await using var stream = client.GetStream();
        string[] lines = [requestLine, .. headers, "Accept: text/html", "Connection: close", "", ""];
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", lines)), deadline.Token);
        using var answer = new StreamReader(stream, Encoding.UTF8);
        return await answer.ReadToEndAsync(deadline.Token);
    }
}
