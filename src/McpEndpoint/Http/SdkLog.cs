using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http;

/// <summary>
/// The log that the SDK writes to. Its messages quote requests: methods, names of tools and clients, identifiers, at some levels whole bodies. So no
/// message of it reaches the host's log, whatever level an operator asks for: only that something unexpected went wrong, by its type.
/// </summary>
internal sealed class SdkLog(ILogger<SdkLog> logger) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && exception is not null && !IsExpected(exception))
        {
            Http.Log.SdkReported(logger, eventId.Name ?? "?", exception.GetType().Name);
        }
    }

    // A client that hung up, and an answer that was given as an exception.
    private static bool IsExpected(Exception exception) => exception is OperationCanceledException or IOException or McpException or InputRequiredException;
}
