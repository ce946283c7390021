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
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _waiting = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Process _process;
    private int _lastId;

    public DriverProcess(string script)
    {
        var folder = Repository.PathOf("tests", "E2E", "Clients");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            throw new InvalidOperationException("The client packages are not installed: run `npm ci` in tests/E2E/Clients, or ./test.sh.");
        }

        _process = new Process
        {
            StartInfo = new ProcessStartInfo("node", [script])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _process.OutputDataReceived += (_, line) => Receive(line.Data);
        _process.ErrorDataReceived += (_, line) => _complaints.Enqueue(line.Data ?? string.Empty);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Sends a command and returns its result.</summary>
    /// <exception cref="McpClientException">The SDK raised an error.</exception>
    public async Task<JsonElement> SendAsync(string command, JsonObject? arguments = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
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
            var heard = string.Join('\n', _complaints);
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"`{command}` has no answer after {Patience}. The client said: {heard}"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
        _writing.Dispose();
    }

    private async Task WriteAsync(string line)
    {
        await _writing.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(line);
            await _process.StandardInput.FlushAsync();
        }
        finally
        {
            _writing.Release();
        }
    }

    private void Receive(string? line)
    {
        if (line is null)
        {
            foreach (var answer in _waiting.Values)
            {
                answer.TrySetException(new InvalidOperationException($"The client ended. It said: {string.Join('\n', _complaints)}"));
            }

            return;
        }

        using var message = JsonDocument.Parse(line);
        var root = message.RootElement;
        if (!_waiting.TryRemove(root.GetProperty("id").GetInt32(), out var waiter))
        {
            return;
        }

        if (root.TryGetProperty("error", out var error))
        {
            waiter.TrySetException(ErrorFrom(error));
        }
        else
        {
            waiter.TrySetResult(root.GetProperty("result").Clone());
        }
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
