using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Bench.Hosts;

/// <summary>What a host's process has used since it started.</summary>
/// <param name="Cpu">User and system time.</param>
/// <param name="Allocated">Managed bytes.</param>
/// <param name="Compiled">Methods that were compiled: while that number grows, the host is not warm.</param>
internal sealed record Usage(TimeSpan Cpu, long Allocated, long Compiled)
{
    public static Usage operator -(Usage after, Usage before) => new(after.Cpu - before.Cpu, after.Allocated - before.Allocated, after.Compiled - before.Compiled);
}

/// <summary>Asks the <see cref="StartupHook"/> inside a host.</summary>
internal sealed class Probe
{
    private readonly int _port = HostProcess.FreePort();

    /// <summary>What puts the hook into a process that is started with it.</summary>
    public IEnumerable<(string Key, string Value)> Settings =>
    [
        ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location),
        (StartupHook.PortVariable, _port.ToString(CultureInfo.InvariantCulture)),
    ];

    public async Task<Usage> ReadAsync()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _port);
        using var reader = new StreamReader(client.GetStream());
        var numbers = (await reader.ReadToEndAsync()).Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new Usage(TimeSpan.FromTicks(numbers[0]), numbers[1], numbers[2]);
    }
}
