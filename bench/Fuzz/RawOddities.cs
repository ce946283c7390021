using System.Text;

namespace Bench.Fuzz;

/// <summary>What is hardly HTTP any more: request lines, chunk sizes, lengths, hosts and bytes that no library would send.</summary>
internal sealed class RawOddities(FuzzTarget target, Random random)
{
    public const string Kind = "hardly HTTP";

    private static readonly string[] Paths = ["/token", "/register", "/authorize", "/mcp", "/revoke", "/introspect", "/account/login", "/consent", "/setup", "/", "/_blazor"];
    private static readonly string[] ChunkSizes = ["FFFFFFFFFFFFFFFF", "7FFFFFFFFFFFFFFF", "-1", "0x10", "g", "", "1;ext=\u0001", "00000000000000000000001", "5"];
    private static readonly string[] Hosts = ["x:99999", "a..b", "", "evil.example", "127.0.0.1:0", "[::1", "user@host", "a b", "\u0001", "localhost:99999999999", ".", "xn--"];

    public FuzzRequest Next()
    {
        var path = Paths[random.Next(Paths.Length)];
        var host = new Uri(target.Address).Authority;
        var bytes = random.Next(9) switch
        {
            0 => Ascii($"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {Type(path)}\r\nTransfer-Encoding: chunked\r\n\r\n{ChunkSizes[random.Next(ChunkSizes.Length)]}\r\nhello\r\n0\r\n\r\n"),
            1 => Ascii($"GET {path} HTTP/1.1\r\nHost: {Hosts[random.Next(Hosts.Length)]}\r\nAccept: text/html\r\n\r\n"),
            2 => Ascii($"POST {path} HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n"),
            3 => Ascii($"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {Type(path)}\r\nContent-Length: {random.Next(-2, 3)}{random.Next(3)}\r\n\r\nab"),
            4 => Ascii($"{Word()} {Word()} {Word()}\r\nHost: {host}\r\n\r\n"),
            5 => Ascii($"GET http://{Hosts[random.Next(Hosts.Length)]}{path} HTTP/1.1\r\nHost: {host}\r\n\r\n"),
            6 => Ascii($"POST {path} HTTP/1.{random.Next(3)}\r\nHost: {host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            7 => Ascii($"GET {path}?{Word()} HTTP/1.1\r\nHost: {host}\r\n{Word()}\r\nX: {new string('y', random.Next(40_000))}\r\n\r\n"),
            _ => Values.Bytes(random, 2000),
        };
        return new FuzzRequest(Kind, EndsItself(bytes)) { Closes = true };
    }

    private string Word() => Values.Any(random) is var word && word.Length > 200 ? word[..200] : word;

    private static string Type(string path) => path is "/mcp" or "/register" ? "application/json" : "application/x-www-form-urlencoded";

    private static byte[] Ascii(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>What waits for more would only wait for the server's patience to end.</summary>
    private static byte[] EndsItself(byte[] bytes) => [.. bytes, .. "\r\n\r\n"u8];
}
