using AuthCore.Protocol;

namespace AuthCore.Authorize;

/// <summary>Where the browser is sent with the answer.</summary>
/// <param name="Kind">On this computer, on the web, or an app on this device.</param>
/// <param name="Display">Host with port (an international name in its ASCII form), or the private-use scheme.</param>
public sealed record AnswerDestination(DestinationKind Kind, string Display)
{
    internal static AnswerDestination Of(RedirectUri uri) =>
        new(uri.IsLoopback ? DestinationKind.ThisComputer : uri.IsPrivateUse ? DestinationKind.App : DestinationKind.Website, uri.Display);
}

/// <summary>What kind of place a redirect URI names.</summary>
public enum DestinationKind
{
    /// <summary>A loopback address: any program on this computer could be listening there.</summary>
    ThisComputer,

    /// <summary>A site on the web.</summary>
    Website,

    /// <summary>A private-use scheme (RFC 8252 §7.1).</summary>
    App,
}
