using System.Diagnostics;

namespace McpAuthConsole.E2ETests.Host;

/// <summary>One life of the host: an operating system process whose output is kept, line by line.</summary>
internal sealed class HostProcess : IDisposable
{
    private const int SigTerm = 15;
    private readonly Process process;
    private readonly Lock writing = new();
    private readonly string outputFile;

    public HostProcess(string dll, IReadOnlyDictionary<string, string> environment, string outputFile, IReadOnlyList<string> arguments)
    {
        this.outputFile = outputFile;
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // From the outside nothing may depend on the folder that somebody happens to stand in.
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => process.HasExited;

    public string Output
    {
        get
        {
            lock (writing)
                return File.Exists(outputFile) ? File.ReadAllText(outputFile) : string.Empty;
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and the exit code of an orderly end.</summary>
    public async Task<int> TerminateAsync(TimeSpan patience)
    {
        using var signal = Process.Start("kill", [$"-{SigTerm}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync();
        using var deadline = new CancellationTokenSource(patience);
        await process.WaitForExitAsync(deadline.Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        lock (writing)
            File.AppendAllText(outputFile, line.Data + Environment.NewLine);
    }
}
