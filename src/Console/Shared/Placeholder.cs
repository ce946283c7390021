namespace AdminConsole.Shared;

/// <summary>What a page shows where a text has nothing to show.</summary>
internal static class Placeholder
{
    /// <summary>"(none)" for an empty text.</summary>
    public static string OrNone(this string text) => text.Length > 0 ? text : "(none)";
}
