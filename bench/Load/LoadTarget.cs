using System.Buffers.Text;
using System.Security.Cryptography;
using Bench.Hosts;

namespace Bench.Load;

/// <summary>
/// One of the hosts that are compared, with a person and that person's grants. They are of a client from the configuration: those of one that registered itself
/// would replace each other. Limits are off, samples are on, access tokens and codes live longer; all else is as it is shipped, the log too.
/// </summary>
internal sealed class LoadTarget : IAsyncDisposable
{
    private const string Scope = "read:secret";
    private const string ClientId = "bench";
    private const string ApiId = "bench-api";

    private static readonly string ApiSecret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private readonly HostProcess _host;
    private readonly Person _person;

    private LoadTarget(string label, HostProcess host, Probe probe)
    {
        Label = label;
        Probe = probe;
        Http = OAuthClient.Http(host.Address);
        Client = new OAuthClient(Http, ClientId);
        Api = new OAuthClient(Http, ApiId, ApiSecret);
        _host = host;
        _person = new Person(host);
    }

    public string Label { get; }

    public Probe Probe { get; }

    public HttpClient Http { get; }

    public OAuthClient Client { get; }

    /// <summary>The newest tokens of every grant.</summary>
    public required Tokens[] Grants { get; init; }

    /// <summary>The client that may introspect.</summary>
    public OAuthClient Api { get; }

    public static async Task<LoadTarget> StartAsync(string label, string assembly, string folder, int grants)
    {
        var probe = new Probe();
        var host = await HostProcess.StartAsync(assembly, folder,
        [
            .. probe.Settings,
            ("Tokens__CodeLifetime", "00:10:00"),
            ("Clients__0__ClientId", ClientId), ("Clients__0__Name", "Bench"), ("Clients__0__RedirectUris__0", OAuthClient.RedirectUri),
            ("Clients__1__ClientId", ApiId), ("Clients__1__Name", "Bench API"), ("Clients__1__RedirectUris__0", OAuthClient.RedirectUri),
            ("Clients__1__Secret", ApiSecret), ("Clients__1__AuthMethod", "client_secret_post"),
        ]);
        var target = new LoadTarget(label, host, probe) { Grants = new Tokens[grants] };
        await target._person.SignInAsync(target.Client.AuthorizePath(Scope, out _));
        (await target.ConnectAsync(target.Client, grants)).CopyTo(target.Grants, 0);
        Console.WriteLine($"{label}: {assembly}, {grants} grants");
        return target;
    }

    /// <summary>Fresh codes, by the real consent page.</summary>
    public async Task<Code[]> AllowAsync(OAuthClient client, int count)
    {
        var codes = new Code[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) => codes[i] = await _person.AllowAsync(client, Scope));
        return codes;
    }

    /// <summary>Fresh grants.</summary>
    public async Task<Tokens[]> ConnectAsync(OAuthClient client, int count)
    {
        var tokens = new List<Tokens>();
        foreach (var code in await AllowAsync(client, count))
        {
            tokens.Add(await client.ExchangeAsync(code) ?? throw new InvalidOperationException("A fresh code was refused."));
        }

        return [.. tokens];
    }

    public async ValueTask DisposeAsync()
    {
        _person.Dispose();
        Http.Dispose();
        await _host.DisposeAsync();
    }
}
