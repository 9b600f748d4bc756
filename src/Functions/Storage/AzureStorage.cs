using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Ports;

namespace Trainyard.Functions.Storage;

/// <summary>Registers the ports on Azure Storage.</summary>
public static class AzureStorage
{
    // Five tries within some seconds ride out a server's restart; a caller behind HTTP would not wait for more.
    private const int MaxRetries = 4;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(5);

    // Of one try: uploads send 8 MiB at most.
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Whether the settings name a storage account (<c>AzureWebJobsStorage</c>, as a connection string or as a section).</summary>
    /// <exception cref="InvalidOperationException">A setting is malformed; the message names it.</exception>
    public static bool IsConfigured(IConfiguration configuration) => AzureStorageSettings.Read(configuration) is not null;

    /// <summary>Adds <see cref="IDocumentStore"/> on Table storage, <see cref="IBlobStore"/> on Blob storage and <see cref="IMessageQueue"/> on Queue storage.</summary>
    /// <param name="services">Receives them.</param>
    /// <param name="configuration">Names the account.</param>
    /// <exception cref="InvalidOperationException">A setting is missing or malformed; the message names it.</exception>
    public static IServiceCollection AddAzureStorage(this IServiceCollection services, IConfiguration configuration)
    {
        AzureStorageSettings settings = AzureStorageSettings.Read(configuration)
            ?? throw new InvalidOperationException($"Setting '{AzureStorageSettings.Section}' must be a connection string, or have blobServiceUri, tableServiceUri and queueServiceUri.");
        try
        {
            // Made now, which takes no call, so that a malformed connection string stops the start.
            services.AddSingleton<IDocumentStore>(new TableDocumentStore(Tables(settings)));
            services.AddSingleton<IBlobStore>(new BlockBlobStore(Blobs(settings)));
            services.AddSingleton<IMessageQueue>(new StorageQueue(Queues(settings)));
            services.AddSingleton<IQueueInspector>(new StorageQueueInspector(Queues(settings, QueueMessageEncoding.None)));
            return services;
        }
        catch (FormatException malformed)
        {
            throw new InvalidOperationException($"Setting '{AzureStorageSettings.Section}' is no connection string of a storage account: {malformed.Message}", malformed);
        }
    }

    internal static TableServiceClient Tables(AzureStorageSettings settings)
    {
        TableClientOptions options = Patient(new TableClientOptions());
        return settings.ConnectionString is { } text ? new(text, options) : new(settings.Tables!, settings.Credential!, options);
    }

    internal static BlobServiceClient Blobs(AzureStorageSettings settings)
    {
        BlobClientOptions options = Patient(new BlobClientOptions());
        return settings.ConnectionString is { } text ? new(text, options) : new(settings.Blobs!, settings.Credential!, options);
    }

    internal static QueueServiceClient Queues(AzureStorageSettings settings, QueueMessageEncoding encoding = QueueMessageEncoding.Base64)
    {
        QueueClientOptions options = Patient(new QueueClientOptions { MessageEncoding = encoding });
        return settings.ConnectionString is { } text ? new(text, options) : new(settings.Queues!, settings.Credential!, options);
    }

    private static T Patient<T>(T options)
        where T : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = MaxRetries;
        options.Retry.Delay = FirstDelay;
        options.Retry.MaxDelay = MaxDelay;
        options.Retry.NetworkTimeout = NetworkTimeout;
        return options;
    }
}
