using System.Net;
using System.Net.Sockets;

namespace Trainyard.Functions.Outgoing;

/// <summary>Tells addresses of the public Internet from those that lead into this installation or to its cloud's own services.</summary>
/// <remarks>Source: IANA's special-purpose address registries for IPv4 and IPv6 (RFC 6890 and its updates), multicast, and Azure's platform address.</remarks>
internal static class AddressRules
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",

            // Azure's wire server: DNS, health and metadata for every virtual machine, from a public range.
            "168.63.129.16/32",
            "::/128", "::1/128", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    // Networks that carry an IPv4 address, and where in the sixteen bytes it lies.
    private static readonly (IPNetwork Network, int Offset)[] Embedding =
    [
        (IPNetwork.Parse("::/96"), 12),
        (IPNetwork.Parse("64:ff9b::/96"), 12),
        (IPNetwork.Parse("64:ff9b:1::/48"), 12),
        (IPNetwork.Parse("2002::/16"), 2),
    ];

    /// <summary>Whether an address is one of the public Internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        if (Array.Exists(Special, network => network.Contains(address)))
        {
            return false;
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.AddressFamily == AddressFamily.InterNetwork;
        }

        byte[] bytes = address.GetAddressBytes();
        return Array.TrueForAll(Embedding, each => !each.Network.Contains(address) || IsPublic(new IPAddress(bytes.AsSpan(each.Offset, 4))));
    }
}
