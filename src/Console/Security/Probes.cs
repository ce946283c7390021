namespace AdminConsole.Security;

/// <summary>Health checks, which come from beside the host: by address, over plain http, and past every proxy.</summary>
internal static class Probes
{
    public const string Live = "/healthz/live";
    public const string Ready = "/healthz/ready";

    public static bool Include(HttpRequest request) => request.Path == Live || request.Path == Ready;
}
