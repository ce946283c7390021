
namespace AdminConsole.Security;

internal static partial class Log
{
    [LoggerMessage(3010, LogLevel.Warning,
        "A request from {Address} came over http, but PublicUrl is {PublicUrl}: it was refused. If {Address} is the proxy that ends TLS, list it in "
        + "TrustedProxies and have it set X-Forwarded-Proto")]
    public static partial void NotOverHttps(ILogger logger, string address, string publicUrl);

    [LoggerMessage(3011, LogLevel.Information,
        "A request named another host than {PublicUrl} and was refused. A proxy in front of this host must pass the Host header on as it came")]
    public static partial void OtherHost(ILogger logger, string publicUrl);
}
