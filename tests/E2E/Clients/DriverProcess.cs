using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpAuthConsole.E2ETests.Clients;

/// <summary>A node process that holds one SDK client, spoken to in lines of JSON. Several commands may be under way at once.</summary>
internal sealed class DriverProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> waiting = new();
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Process process;
    private int lastId;

    public DriverProcess(string script)
    {
        var folder = Repository.PathOf("tests", "E2E", "Clients");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            throw new InvalidOperationException("The client packages are not installed: run `npm ci` in tests/E2E/Clients, or ./test.sh.");
        process = new Process
        {
            StartInfo = new ProcessStartInfo("node", [script])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => Receive(line.Data);
        process.ErrorDataReceived += (_, line) => complaints.Enqueue(line.Data ?? string.Empty);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Sends a command and returns its result.</summary>
    /// <exception cref="McpClientException">The SDK raised an error.</exception>
    public async Task<JsonElement> SendAsync(string command, JsonObject? arguments = null)
    {
        var id = Interlocked.Increment(ref lastId);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[id] = answer;
        var message = arguments ?? [];
        message["id"] = id;
        message["command"] = command;
        await WriteAsync(message.ToJsonString());
        try
        {
            return await answer.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            var heard = string.Join('\n', complaints);
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"`{command}` has no answer after {Patience}. The client said: {heard}"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        process.Dispose();
        writing.Dispose();
    }

    private async Task WriteAsync(string line)
    {
        await writing.WaitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(line);
            await process.StandardInput.FlushAsync();
        }
        finally
        {
            writing.Release();
        }
    }

    private void Receive(string? line)
    {
        if (line is null)
        {
            foreach (var answer in waiting.Values)
                answer.TrySetException(new InvalidOperationException($"The client ended. It said: {string.Join('\n', complaints)}"));
            return;
        }

        using var message = JsonDocument.Parse(line);
        var root = message.RootElement;
        if (!waiting.TryRemove(root.GetProperty("id").GetInt32(), out var waiter))
            return;
        if (root.TryGetProperty("error", out var error))
            waiter.TrySetException(ErrorFrom(error));
        else
            waiter.TrySetResult(root.GetProperty("result").Clone());
    }

    private static McpClientException ErrorFrom(JsonElement error)
    {
        var address = error.GetProperty("authorizationUrl").GetString();
        return new McpClientException(
            error.GetProperty("name").GetString()!,
            error.GetProperty("message").GetString()!,
            address is null ? null : new Uri(address));
    }
}
