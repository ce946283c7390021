using AuthCore.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace AdminConsole.Security;

/// <summary>
/// The console's usual lines, the framework's too, which logs addresses and header values as they came: passed through
/// <see cref="UntrustedText.ForLog"/>, and never longer than somebody reads.
/// </summary>
internal sealed class CleanLog(IServiceProvider services, string usualName) : ConsoleFormatter(NameFor(usualName))
{
    private const int LongestMessage = 4_000;
    private const int LongestException = 16_000;
    private const int KestrelDrainFailed = 67;

    // Not in the constructor: this is one of them.
    private readonly Lazy<ConsoleFormatter> _usual = new(() => services.GetServices<ConsoleFormatter>().First(formatter => formatter.Name == usualName));

    public static string NameFor(string usualName) => $"clean-{usualName}";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (IsHangUp(logEntry.Category, logEntry.EventId, logEntry.Exception))
        {
            return;
        }

        var text = UntrustedText.ForLog(logEntry.Formatter(logEntry.State, logEntry.Exception), LongestMessage);
        if (logEntry.Exception is { } exception)
        {
            text += '\n' + UntrustedText.ForLog(exception.ToString(), LongestException);
        }

        _usual.Value.Write(new LogEntry<string>(logEntry.LogLevel, logEntry.Category, logEntry.EventId, text, null, (cleaned, _) => cleaned), scopeProvider, textWriter);
    }

    /// <summary>
    /// What Kestrel logs, with a stack trace, of a client that hangs up in the middle of a body: it reads the rest while our read is not over. Anybody can cause it.
    /// </summary>
    private static bool IsHangUp(string category, EventId id, Exception? exception) =>
        category == "Microsoft.AspNetCore.Server.Kestrel"
        && (id.Id == KestrelDrainFailed || exception is InvalidOperationException { TargetSite.DeclaringType.Namespace: "System.IO.Pipelines" });
}

internal static class CleanLogging
{
    // The third, json, escapes.
    private static readonly string[] Plain = [ConsoleFormatterNames.Simple, ConsoleFormatterNames.Systemd];

    /// <summary>Takes the place of the formatters that print text, and keeps their settings.</summary>
    public static void AddCleanLog(this ILoggingBuilder logging)
    {
        foreach (var usual in Plain)
        {
            logging.Services.AddSingleton<ConsoleFormatter>(services => new CleanLog(services, usual));
        }
        // A warning for each page with a form that is not to be cached, and a stack trace for each forged cookie. Who posts is told 400.
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None);
        logging.Services.PostConfigure<ConsoleLoggerOptions>(console =>
        {
            var chosen = string.IsNullOrEmpty(console.FormatterName) ? ConsoleFormatterNames.Simple : console.FormatterName;
            if (Plain.Contains(chosen))
            {
                console.FormatterName = CleanLog.NameFor(chosen);
            }
        });
    }
}
