using AdminConsole.Shared;
using AuthCore.Protocol;

namespace AdminConsole.Features.BrowserSessions;

/// <summary>A user agent as people say it: "Firefox on Windows". What a browser says of itself proves nothing, so this only helps to recognize.</summary>
internal static class DeviceWords
{
    // In this order: each names those behind it as well.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Vivaldi/", "Vivaldi"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
            ("HeadlessChrome/", "Chrome"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static string Of(string? agent) => agent is null ? "Unknown browser" : (Find(Browsers, agent), Find(Systems, agent)) switch
    {
        ({ } browser, { } system) => $"{browser} on {system}",
        ({ } browser, null) => browser,
        _ => UntrustedText.Clean(agent, 40).OrNone(),
    };

    private static string? Find((string Mark, string Name)[] known, string agent) =>
        known.FirstOrDefault(candidate => agent.Contains(candidate.Mark, StringComparison.Ordinal)).Name;
}
