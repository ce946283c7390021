using System.Diagnostics;

namespace McpAuthConsole.E2ETests.Host;

/// <summary>One life of the host: an operating system process whose output is kept, line by line.</summary>
internal sealed class HostProcess : IDisposable
{
    private const int SigTerm = 15;
    private readonly Process _process;
    private readonly Lock _writing = new();
    private readonly string _outputFile;

    public HostProcess(string dll, IReadOnlyDictionary<string, string> environment, string outputFile, IReadOnlyList<string> arguments)
    {
        _outputFile = outputFile;
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // From the outside nothing may depend on the folder that somebody happens to stand in.
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_writing)
            {
                return File.Exists(_outputFile) ? File.ReadAllText(_outputFile) : string.Empty;
            }
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and the exit code of an orderly end.</summary>
    public async Task<int> TerminateAsync(TimeSpan patience)
    {
        using var signal = Process.Start("kill", [$"-{SigTerm}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync();
        using var deadline = new CancellationTokenSource(patience);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
        {
            return;
        }

        lock (_writing)
        {
            File.AppendAllText(_outputFile, line.Data + Environment.NewLine);
        }
    }
}
