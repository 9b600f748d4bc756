using System.Net;

namespace Trainyard.LocalHost.Hosting;

/// <summary>Tells addresses that only this machine reaches from all others.</summary>
internal static class LoopbackUrls
{
    /// <summary>Whether nobody but this machine reaches any of the addresses.</summary>
    public static bool AreAll(IEnumerable<string> urls) => urls.All(IsLoopback);

    // What is no address (a wildcard) is every interface.
    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? address)
        && (address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.DnsSafeHost, out IPAddress? ip) && IPAddress.IsLoopback(ip)));
}
