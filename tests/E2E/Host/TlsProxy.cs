using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Host;

/// <summary>
/// A real nginx that ends TLS in front of a host, with a folder, a port and a self-signed certificate of its own, and with the configuration that
/// docs/operating.md recommends: what is written there is what is run here.
/// </summary>
internal sealed partial class TlsProxy : IAsyncDisposable
{
    /// <summary>Resolves nowhere (RFC 6761): the clients of these tests know that it is this machine.</summary>
    public const string HostName = "auth.example.test";

    private const string Executable = "/usr/sbin/nginx";
    private readonly string _folder = Directory.CreateTempSubdirectory("mcp-auth-console-nginx-").FullName;
    private readonly int _port = RunningHost.FreePort();
    private string _fingerprint = string.Empty;
    private Process? _process;

    public Uri Origin => new($"https://{HostName}:{_port}");

    public async Task StartAsync(Uri upstream)
    {
        if (!File.Exists(Executable))
        {
            throw new FileNotFoundException("No nginx found: install the package `nginx-light`. ./test.sh installs it where there is apt-get.", Executable);
        }

        WriteCertificate();
        var server = Documented()
            .Replace("listen 443 ssl;", $"listen 127.0.0.1:{_port} ssl;", StringComparison.Ordinal)
            .Replace("auth.example;", $"{HostName};", StringComparison.Ordinal)
            .Replace("/etc/ssl/auth.example", Path.Combine(_folder, "certificate"), StringComparison.Ordinal)
            .Replace("http://127.0.0.1:5080", $"http://127.0.0.1:{upstream.Port}", StringComparison.Ordinal);
        server.ShouldContain($"127.0.0.1:{upstream.Port}");
        await File.WriteAllTextAsync(Path.Combine(_folder, "nginx.conf"), $$"""
            daemon off;
            master_process off;
            pid nginx.pid;
            error_log error.log;
            events { worker_connections 256; }
            http {
                access_log off;
                client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
            {{server}}
            }
            """);
        _process = Process.Start(new ProcessStartInfo(Executable, ["-p", _folder, "-c", "nginx.conf", "-e", "error.log"]) { RedirectStandardError = true })!;
        await UntilListeningAsync();
    }

    /// <summary>Connects through the proxy from an address of this machine, and accepts its certificate only.</summary>
    public SocketsHttpHandler From(IPAddress address)
    {
        var handler = ClientAddress.From(address);
        handler.SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString(HashAlgorithmName.SHA256) == _fingerprint,
        };
        return handler;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Documented() =>
        NginxBlock().Match(File.ReadAllText(Repository.PathOf("docs", "operating.md"))).Groups["block"].Value;

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={HostName}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(HostName);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(_folder, "certificate.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "certificate.key"), key.ExportPkcs8PrivateKeyPem());
        _fingerprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
    }

    private async Task UntilListeningAsync()
    {
        var clock = Stopwatch.StartNew();
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, _port);
                return;
            }
            catch (SocketException) when (!_process!.HasExited && clock.Elapsed < TimeSpan.FromSeconds(20))
            {
                await looks.WaitForNextTickAsync();
            }
            catch (SocketException)
            {
                throw new InvalidOperationException($"nginx does not listen: {await _process!.StandardError.ReadToEndAsync()}");
            }
        }
    }

    [GeneratedRegex("```nginx\n(?<block>.*?)```", RegexOptions.Singleline)]
    private static partial Regex NginxBlock();
}
