using Radzen;

namespace AdminConsole.Shared;

/// <summary>What the console says after an action: what happened, and what to do when it did not.</summary>
internal static class ConsoleNotes
{
    private const int ReadingTime = 8_000;

    public static NotificationMessage Denied => Make(NotificationSeverity.Warning,
        "Your role no longer allows this", "Nothing was changed. An administrator can give you the role under Users.");

    public static NotificationMessage Unavailable => Make(NotificationSeverity.Error,
        "The database did not answer", "It is not certain that this was done. Look at the list, then try again.");

    public static NotificationMessage Done(string summary, string detail) => Make(NotificationSeverity.Success, summary, detail);

    public static NotificationMessage Info(string summary, string detail) => Make(NotificationSeverity.Info, summary, detail);

    public static NotificationMessage Refused(IReadOnlyList<string> reasons) => Make(NotificationSeverity.Warning, "Nothing was changed", string.Join(' ', reasons));

    private static NotificationMessage Make(NotificationSeverity severity, string summary, string detail) =>
        new() { Severity = severity, Summary = summary, Detail = detail, Duration = ReadingTime };
}
