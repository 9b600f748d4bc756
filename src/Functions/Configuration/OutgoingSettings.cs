using System.Net;
using Microsoft.Extensions.Configuration;
using Trainyard.Functions.Outgoing;

namespace Trainyard.Functions.Configuration;

/// <summary>Reads <c>Trainyard:Outgoing</c>.</summary>
internal static class OutgoingSettings
{
    private const string AllowedNetworks = "Trainyard:Outgoing:AllowedNetworks";

    public static OutgoingOptions Read(IConfiguration configuration)
    {
        string[] networks = Settings.Text(configuration, AllowedNetworks)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return new OutgoingOptions { AllowedNetworks = [.. networks.Select(Parse)] };
    }

    private static IPNetwork Parse(string text) => IPNetwork.TryParse(text, out IPNetwork network)
        ? network
        : throw new InvalidOperationException($"Setting '{AllowedNetworks}' must list networks such as 10.1.0.0/16, separated by commas; '{text}' is none.");
}
