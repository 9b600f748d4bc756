using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Trainyard.Domain.Ports;
using Trainyard.Functions.Access;
using Trainyard.LocalHost.Sqlite;
using Trainyard.LocalHost.Storage;

namespace Trainyard.LocalHost.Hosting;

/// <summary>A running host. Several may run in one process, each on its own data folder.</summary>
internal sealed class LocalHostApplication : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly DataFolderLock folderLock;
    private bool disposed;

    private LocalHostApplication(WebApplication application, DataFolderLock folderLock)
    {
        this.application = application;
        this.folderLock = folderLock;
        Addresses = ReadAddresses(application);
    }

    /// <summary>Where the host answers, with the ports that were taken.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    /// <summary>The first of its addresses.</summary>
    public Uri BaseAddress => Addresses[0];

    /// <summary>The host's services; they live as long as the host.</summary>
    public IServiceProvider Services => application.Services;

    /// <summary>Starts a host; when this returns, it answers requests.</summary>
    /// <exception cref="LocalHostException">It cannot start; nothing of it is left behind.</exception>
    public static async Task<LocalHostApplication> StartAsync(LocalHostOptions options, CancellationToken cancellationToken)
    {
        DataFolderLock acquired = DataFolderLock.Acquire(options.DataFolder);
        WebApplication? built = null;
        try
        {
            built = LocalHostBuilder.Build(options);
            LocalStorage.Open(built.Services);
            await built.StartAsync(cancellationToken);
            return new LocalHostApplication(built, acquired);
        }
        catch (Exception exception)
        {
            await DisposeAsync(built, acquired);
            throw Explain(exception, options) ?? exception;
        }
    }

    /// <summary>Takes no new work, waits for what is under way up to the drain time-out, then cancels the rest.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => application.StopAsync(cancellationToken);

    /// <summary>Returns when the host was asked to stop, by a signal or by <see cref="StopAsync"/>, and has stopped.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => application.WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops the host and lets go of its data folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!disposed)
        {
            disposed = true;
            await application.StopAsync(CancellationToken.None);
            await DisposeAsync(application, folderLock);
        }
    }

    private static async Task DisposeAsync(WebApplication? application, DataFolderLock folderLock)
    {
        if (application is not null)
        {
            await application.DisposeAsync();
        }

        folderLock.Dispose();
    }

    private static Uri[] ReadAddresses(WebApplication application)
    {
        IServer server = application.Services.GetRequiredService<IServer>();
        return [.. server.Features.Get<IServerAddressesFeature>()!.Addresses.Select(Reachable)];
    }

    // "Every interface" is nothing that a client can ask for.
    private static Uri Reachable(string address) =>
        new(address.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));

    private static LocalHostException? Explain(Exception exception, LocalHostOptions options)
    {
        string urls = string.Join(", ", options.Urls);
        return exception switch
        {
            IOException { InnerException: AddressInUseException } => new LocalHostException(
                "port_in_use", $"Another program listens on {urls}. Stop it, or choose another port with --port.", exception),
            SocketException or FormatException => new LocalHostException(
                "url_unusable", $"The host cannot listen on {urls}: {exception.Message.TrimEnd('.')}. Choose another address with --urls.", exception),
            AccessNotConfiguredException => new LocalHostException("access_not_configured", exception.Message, exception),
            SqliteFileException => new LocalHostException("data_file_unusable", exception.Message, exception),
            StorageUnavailableException => new LocalHostException(
                "data_folder_unusable", $"{exception.Message} Free or repair it, or choose another folder with --data.", exception),
            _ => null,
        };
    }
}
