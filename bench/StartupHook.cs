using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime;
using System.Text;

/// <summary>
/// Runs inside a measured host before its Main (<c>DOTNET_STARTUP_HOOKS</c>): whoever connects to a port on loopback is told in one line what the process has
/// used so far. The product knows nothing of it. The runtime finds this type by its name, which has no namespace.
/// </summary>
internal static class StartupHook
{
    /// <summary>The environment variable with the port.</summary>
    public const string PortVariable = "MCPAUTH_BENCH_PROBE";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(PortVariable) is { } port)
        {
            var listener = new TcpListener(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
            listener.Start();
            new Thread(() => Answer(listener)) { IsBackground = true, Name = "bench probe" }.Start();
        }
    }

    private static void Answer(TcpListener listener)
    {
        while (true)
        {
            using var asking = listener.AcceptSocket();
            asking.Send(Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"{Environment.CpuUsage.TotalTime.Ticks} {GC.GetTotalAllocatedBytes(precise: false)} {JitInfo.GetCompiledMethodCount()}")));
        }
    }
}
