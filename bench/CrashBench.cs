using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Bench;

/// <summary>
/// Kills the process with SIGKILL at random moments under load, starts it again on the same files, and holds it to everything that its clients
/// were told before. What a machine loses with its power is not shown by this: the operating system lives on and writes what the process gave it.
/// </summary>
internal static class CrashBench
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var rounds = arguments.Number("rounds", 20, 1, 500);
        var clients = arguments.Number("clients", 8, 1, 64);
        var random = new Random(arguments.Number("seed", 1, 0, int.MaxValue));
        using var folder = arguments.NewFolder();
        Machine.Describe(folder.FullPath);

        var address = $"http://127.0.0.1:{FreePort()}";
        OAuthClient? client = null;
        var problems = new List<string>();
        int revocations = 0, exchanges = 0, refreshes = 0, retried = 0;
        var ledger = new CrashLedger();
        for (var round = 0; round <= rounds; round++)
        {
            using var process = await StartAsync(folder.Below("data"), address);
            try
            {
                using var http = OAuthClient.Http(address);
                client = client is null ? await OAuthClient.RegisterAsync(http) : client.Over(http);
                problems.AddRange(await CrashCheck.FindBrokenPromisesAsync(http, client, ledger));
                (revocations, exchanges, refreshes) = (revocations + ledger.Revoked.Count, exchanges + ledger.Exchanged.Count, refreshes + ledger.Refreshes);
                retried += ledger.Uncertain.Count;
                ledger = ledger.Next();
                if (round < rounds)
                {
                    var enough = ledger.ReachAsync(random.Next(20, 400));
                    var load = new CrashLoad(client, ledger, clients).RunAsync();
                    await Task.WhenAny(load, enough).WaitAsync(TimeSpan.FromMinutes(1));
                    await Task.Delay(random.Next(0, 20));
                    process.Kill();
                    await load;
                }
            }
            finally
            {
                process.Kill();
                await process.WaitForExitAsync();
            }
        }

        Console.WriteLine();
        Console.WriteLine($"crash: {rounds} kills under the load of {clients} refreshing clients, 2 that revoke and 2 that exchange codes");
        Console.WriteLine($"  acknowledged before a kill: {refreshes:#,##0} refreshes, {revocations:#,##0} revocations, {exchanges:#,##0} exchanged codes; {retried} exchanges cut off");
        problems.Distinct().ToList().ForEach(problem => Console.WriteLine($"  BROKEN: {problem}"));
        Console.WriteLine(problems.Count == 0 ? "  every promise was kept" : $"  {problems.Count} promises were broken");
        return problems.Count == 0 ? 0 : 1;
    }

    private static async Task<Process> StartAsync(string folder, string address)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(CrashBench).Assembly.Location);
        }

        start.ArgumentList.Add(CrashHost.Command);
        start.ArgumentList.Add(folder);
        start.ArgumentList.Add(new Uri(address).Port.ToString(CultureInfo.InvariantCulture));
        var process = Process.Start(start)!;
        using var http = OAuthClient.Http(address);
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(60); await Task.Delay(50))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The host ended by itself with {process.ExitCode}.");
            }

            try
            {
                using var answer = await http.GetAsync("/.well-known/oauth-authorization-server");
                return process;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }

        process.Kill();
        throw new TimeoutException("The host did not listen within a minute.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
