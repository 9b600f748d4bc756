using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Trainyard.Functions.Storage;
using Trainyard.Testing.Azurite;

namespace Trainyard.Storage.Tests.Azure;

/// <summary>The three stores on Azurite behind a network that has faults.</summary>
internal sealed class BusyService : IAsyncDisposable
{
    /// <summary>Faults of one call, which the tries of a client outlast.</summary>
    public const int FaultsOfACall = 3;

    /// <summary>Blobs on a page of a listing.</summary>
    public const int PageSize = 100;
    private const int MaxRetries = 6;

    private BusyService(StorageProxy proxy) => Proxy = proxy;

    /// <summary>One request in ten does not reach the service.</summary>
    public static Func<StorageRequest, StorageFault> OneInTen => StorageProxy.AtRandom(seed: 10, 0.1, FaultsOfACall, StorageFault.Throttled, StorageFault.Unsent);

    public StorageProxy Proxy { get; }

    public TableDocumentStore Documents => new(new TableServiceClient(Connection, Quick(new TableClientOptions())));

    public BlockBlobStore Blobs => new(new BlobServiceClient(Connection, Quick(new BlobClientOptions())), PageSize);

    public StorageQueue Queues => new(new QueueServiceClient(Connection, Quick(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 })));

    private string Connection => AzuriteProcess.ConnectionStringBy(Proxy);

    public static async Task<BusyService> StartAsync(AzuriteFixture azurite, Func<StorageRequest, StorageFault> fault, TimeSpan? retryAfter = null) =>
        new(await StorageProxy.StartAsync(await azurite.ProcessAsync(), fault, retryAfter));

    public ValueTask DisposeAsync() => Proxy.DisposeAsync();

    // The product's own pace is a matter of seconds, which no test waits for.
    private static T Quick<T>(T options)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = MaxRetries;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(10);
        return options;
    }
}
