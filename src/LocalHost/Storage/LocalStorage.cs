using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Trainyard.Domain.Ports;

namespace Trainyard.LocalHost.Storage;

/// <summary>Registers the ports on files below one folder.</summary>
internal static class LocalStorage
{
    /// <summary>
    /// Adds <see cref="IDocumentStore"/> (<c>documents.db</c>), <see cref="IMessageQueue"/> and its receiving side
    /// <see cref="SqliteMessageQueue"/> (<c>queues.db</c>) and <see cref="IBlobStore"/> (<c>blobs/</c>), each opened when
    /// first asked for and closed with the container. One process at a time may use a folder.
    /// </summary>
    internal static IServiceCollection AddLocalStorage(this IServiceCollection services, string dataFolder)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddLocalQueues(dataFolder);
        services.AddSingleton<IDocumentStore>(_ => new SqliteDocumentStore(Path.Combine(dataFolder, "documents.db")));
        services.AddSingleton<IBlobStore>(provider => FileBlobStore.Open(Path.Combine(dataFolder, "blobs"), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>Adds the queues alone: their sending side belongs where this host's triggers receive.</summary>
    internal static IServiceCollection AddLocalQueues(this IServiceCollection services, string dataFolder)
    {
        services.AddSingleton(provider => new SqliteMessageQueue(Path.Combine(dataFolder, "queues.db"), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IMessageQueue>(provider => provider.GetRequiredService<SqliteMessageQueue>());
        services.AddSingleton<IQueueInspector>(provider => provider.GetRequiredService<SqliteMessageQueue>());
        return services;
    }

    /// <summary>Opens the files now, so that one that cannot be used is found at the start and not by the first caller.</summary>
    /// <exception cref="Sqlite.SqliteFileException">A file cannot be used by this build.</exception>
    internal static void Open(IServiceProvider services)
    {
        services.GetRequiredService<IDocumentStore>();
        services.GetRequiredService<IBlobStore>();
        services.GetRequiredService<IMessageQueue>();
    }
}
