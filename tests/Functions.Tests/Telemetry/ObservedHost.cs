using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trainyard.Functions.Tests.Storage;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Functions.Tests.Telemetry;

/// <summary>The whole app with everything that it tells: log lines of every level, and a collector.</summary>
internal sealed class ObservedHost : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trainyard-observed-").FullName;
    private LocalHostApplication? application;

    public KeptLogs Logs { get; } = new();

    public Collector Collector { get; private init; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => application!.Services;

    public static Task<ObservedHost> StartAsync(params (string Name, string? Value)[] settings) => StartAsync(TimeProvider.System, settings);

    public static async Task<ObservedHost> StartAsync(TimeProvider time, params (string Name, string? Value)[] settings)
    {
        ObservedHost host = new() { Collector = await Collector.StartAsync() };
        await host.RunAsync(time, settings);
        return host;
    }

    /// <summary>Stops the host, which then has sent everything.</summary>
    public async Task StopAsync()
    {
        Client.Dispose();
        await application!.DisposeAsync();
        application = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (application is not null)
        {
            await StopAsync();
        }

        await Collector.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task RunAsync(TimeProvider time, (string Name, string? Value)[] settings)
    {
        LocalHostOptions options = new()
        {
            DataFolder = folder,
            Urls = ["http://127.0.0.1:0"],
            LogToConsole = false,
            LogLevel = LogLevel.Trace,
            TimeProvider = time,
            Settings = await HostStorage.SettingsAsync([.. Collector.Settings.Where(each => settings.All(other => other.Name != each.Name)), .. settings]),
            ConfigureServices = services => services.AddSingleton<ILoggerProvider>(Logs),
        };
        application = await LocalHostApplication.StartAsync(options, CancellationToken.None);
        Client = new HttpClient { BaseAddress = application.BaseAddress, Timeout = TimeSpan.FromSeconds(60) };
    }
}
