using System.Text;

namespace Bench.Fuzz;

/// <summary>Bytes for the wire.</summary>
/// <param name="Kind">For the table.</param>
/// <param name="Bytes">All of them.</param>
internal sealed record FuzzRequest(string Kind, byte[] Bytes)
{
    /// <summary>Whether the answer has no body although it says how long one would be.</summary>
    public bool IsHead { get; init; }

    /// <summary>Whether the connection cannot be used again whatever the answer says.</summary>
    public bool Closes { get; init; }

    /// <summary>Whether the client goes away at once instead of waiting for the answer.</summary>
    public bool HangsUp { get; init; }

    /// <summary>A well-formed request around parts that need not be.</summary>
    public static FuzzRequest Of(string kind, string method, string target, IEnumerable<(string Name, string Value)> headers, byte[]? body)
    {
        var head = new StringBuilder().Append(method).Append(' ').Append(target).Append(" HTTP/1.1\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (body is not null)
        {
            head.Append("Content-Length: ").Append(body.Length).Append("\r\n");
        }

        byte[] bytes = [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. body ?? []];
        return new FuzzRequest(kind, bytes) { IsHead = method == "HEAD" };
    }
}
