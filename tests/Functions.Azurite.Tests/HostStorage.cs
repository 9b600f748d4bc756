using Trainyard.Testing.Azurite;

namespace Trainyard.Functions.Tests.Storage;

/// <summary>Where hosts under test keep documents and blobs: in one Azurite, each in a storage account of its own.</summary>
internal static class HostStorage
{
    /// <summary>More than tests start hosts.</summary>
    private const int Accounts = 500;

    private static readonly string[] Names = [.. Enumerable.Range(1, Accounts).Select(number => $"account{number}")];
    private static readonly Lazy<Task<AzuriteProcess>> Azurite = new(() => AzuriteProcess.StartAsync(Names));
    private static int taken;

    /// <summary>Settings of a host that shares nothing with any other.</summary>
    /// <param name="settings">What else the host is told.</param>
    public static async Task<IReadOnlyDictionary<string, string?>> SettingsAsync(params (string Name, string? Value)[] settings)
    {
        Dictionary<string, string?> all = settings.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.Ordinal);
        all["AzureWebJobsStorage"] = (await Azurite.Value).ConnectionStringOf(NextAccount());
        return all;
    }

    /// <summary>The same, by a proxy that does what it is told to requests.</summary>
    public static async Task<(StorageProxy Proxy, IReadOnlyDictionary<string, string?> Settings)> ByProxyAsync(Func<StorageRequest, StorageFault> fault)
    {
        StorageProxy proxy = await StorageProxy.StartAsync(await Azurite.Value, fault);
        return (proxy, new Dictionary<string, string?>(StringComparer.Ordinal) { ["AzureWebJobsStorage"] = AzuriteProcess.ConnectionStringBy(proxy, NextAccount()) });
    }

    private static string NextAccount() => Names[Interlocked.Increment(ref taken) - 1];
}
