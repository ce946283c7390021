using System.Net;
using System.Net.Sockets;

namespace AuthCore.Http;

/// <summary>
/// Whom an address stands for. The connection's address alone decides: whether a proxy's header replaced it is the host's concern.
/// An IPv6 subscriber has at least a /64, so that is what is counted.
/// </summary>
internal static class ClientAddress
{
    public const string Unknown = "unknown";

    public static string Partition(IPAddress? address)
    {
        if (address is null)
        {
            return Unknown;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
        {
            return address.ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
