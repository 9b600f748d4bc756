using System.Net;

namespace Trainyard.Functions.Outgoing;

/// <summary>What requests to addresses that callers sent may reach, and for how long.</summary>
internal sealed record OutgoingOptions
{
    /// <summary>Networks that may be reached although they are not public: chosen by the operator.</summary>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; init; } = [];

    /// <summary>Redirects followed at most; each is checked like the first address.</summary>
    public int MaxRedirects { get; init; } = 5;

    /// <summary>Until the head of the answer.</summary>
    public TimeSpan HeadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two pieces of the body at most.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of a body at most.</summary>
    public long MaxBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Whether an address may be reached.</summary>
    public bool Allows(IPAddress address) =>
        AddressRules.IsPublic(address) || AllowedNetworks.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}
