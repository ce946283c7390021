using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace McpAuthConsole.E2ETests.Host;

/// <summary>
/// The built host with a data folder and a port of its own. It can be killed, stopped and started again on the same data;
/// what it printed in all its lives is kept.
/// </summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);
    private readonly HostOptions _options;
    private readonly string _folder;
    private HostProcess _process;

    private RunningHost(HostOptions options)
    {
        _options = options;
        _folder = Directory.CreateTempSubdirectory("mcp-auth-console-e2e-").FullName;
        Address = new Uri($"http://localhost:{FreePort()}");
        Origin = options.PublicUrl ?? Address;
        options.Prepare?.Invoke(this);
        _process = Launch();
    }

    /// <summary>Scheme, host and port: the issuer, and the origin of every page.</summary>
    public Uri Origin { get; }

    /// <summary>Where the process listens; the same as <see cref="Origin"/> unless a proxy is in front.</summary>
    public Uri Address { get; }

    public Uri McpEndpoint => At("/mcp");

    /// <summary>The database, the keys and everything else that the host writes.</summary>
    public string DataDirectory => Path.Combine(_folder, "data");

    /// <summary>Standard output and standard error of all lives so far.</summary>
    public string Output => _process.Output;

    public static async Task<RunningHost> StartAsync(HostOptions? options = null)
    {
        var host = new RunningHost(options ?? HostOptions.Default);
        try
        {
            await host.UntilReadyAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public Uri At(string pathAndQuery) => new(Origin, pathAndQuery);

    /// <summary>Waits until the host has printed a line that matches, and returns the match.</summary>
    public async Task<Match> PrintedAsync(Regex line)
    {
        using var looks = new PeriodicTimer(BetweenLooks);
        var clock = Stopwatch.StartNew();
        Match match;
        while (!(match = line.Match(Output)).Success)
        {
            if (_process.HasExited || clock.Elapsed > Patience)
            {
                throw new InvalidOperationException($"The host never printed {line}. It said:\n{Output}");
            }

            await looks.WaitForNextTickAsync();
        }

        return match;
    }

    public Task KillAsync() => _process.KillAsync();

    public async Task StopAsync() => await _process.TerminateAsync(Patience);

    /// <summary>Starts the host again on the same data and the same port.</summary>
    public async Task RestartAsync()
    {
        if (!_process.HasExited)
        {
            await StopAsync();
        }

        _process.Dispose();
        _process = Launch();
        await UntilReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await _process.KillAsync();
        }

        _process.Dispose();
        File.Copy(OutputFile, Path.Combine(Repository.ArtifactsFor("hosts"), $"{Path.GetFileName(_folder)}.log"), overwrite: true);
        Directory.Delete(_folder, recursive: true);
    }

    private string OutputFile => Path.Combine(_folder, "output.log");

    /// <summary>Runs the binary with a command and with the host's settings; the password goes to its standard input.</summary>
    public Task<CommandOutcome> CommandAsync(IReadOnlyList<string> arguments, string? standardInput = null) =>
        CommandOutcome.OfAsync(Dll(), arguments, Environment(), standardInput);

    private HostProcess Launch() => new(Dll(), Environment(), OutputFile, _options.Arguments);

    private static string Dll()
    {
        var dll = Repository.PathOf("src", "Console", "bin", Repository.Configuration, "net10.0", "McpAuthConsole.dll");
        if (!File.Exists(dll))
        {
            throw new FileNotFoundException($"The host is not built: run `dotnet build -c {Repository.Configuration}` first.", dll);
        }

        return dll;
    }

    private Dictionary<string, string> Environment()
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = Address.GetLeftPart(UriPartial.Authority),
            ["PublicUrl"] = Origin.GetLeftPart(UriPartial.Authority),
            ["DataDirectory"] = DataDirectory,
            ["Samples__Enabled"] = "true",
        };
        if (_options.Administrator is { } administrator)
        {
            environment["Setup__AdminEmail"] = administrator.Email;
            environment["Setup__AdminPassword"] = administrator.Password;
        }

        foreach (var (name, value) in _options.Settings)
        {
            environment[name] = value;
        }

        return environment;
    }

    private async Task UntilReadyAsync()
    {
        using var http = new HttpClient();
        using var looks = new PeriodicTimer(BetweenLooks);
        var clock = Stopwatch.StartNew();
        while (!await IsReadyAsync(http))
        {
            if (_process.HasExited || clock.Elapsed > Patience)
            {
                throw new InvalidOperationException($"The host did not become ready in {clock.Elapsed}. It said:\n{Output}");
            }

            await looks.WaitForNextTickAsync();
        }
    }

    private async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(Address, "/healthz/ready"));
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            // Nobody listens yet.
            return false;
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
