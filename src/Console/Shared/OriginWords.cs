using AuthCore.Clients;

namespace AdminConsole.Shared;

/// <summary>How a client came to be known, in words.</summary>
internal static class OriginWords
{
    public static string Of(ClientOrigin origin) => origin switch
    {
        ClientOrigin.Dynamic => "registered itself, not verified",
        ClientOrigin.Preregistered => "added by an administrator",
    };
}
