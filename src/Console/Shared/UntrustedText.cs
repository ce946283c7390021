namespace AdminConsole.Shared;

/// <summary>Text that came from outside (a client's name, a user agent): what is left of it may stand on a page, and cannot disturb what stands around it.</summary>
public static class UntrustedText
{
    /// <summary>As <see cref="AuthCore.Protocol.UntrustedText.Clean"/> leaves it; "(none)" when nothing is left.</summary>
    public static string Of(string? text, int longest = 64) =>
        AuthCore.Protocol.UntrustedText.Clean(text, longest) is { Length: > 0 } clean ? clean : "(none)";

    /// <summary>A client's name. It has been read already; the console looks for itself.</summary>
    public static string Of(AuthCore.Clients.Names.ClientName name) => Of(name.Text);
}
