using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Trainyard.LocalHost.Hosting;
using Trainyard.LocalHost.Queues;

namespace Trainyard.LocalHost.Tests.Hosting;

/// <summary>A host on a free port and a folder of its own, with the functions of the given types and nothing of the app.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly string folder;

    private TestHost(LocalHostApplication application, string folder)
    {
        Application = application;
        this.folder = folder;
        Client = new HttpClient { BaseAddress = application.BaseAddress, Timeout = TimeSpan.FromSeconds(30) };
    }

    public LocalHostApplication Application { get; }

    public HttpClient Client { get; }

    public static LocalHostOptions Options(string folder, params Type[] functions) => new()
    {
        DataFolder = folder,
        Urls = ["http://127.0.0.1:0"],
        FunctionTypes = functions,
        RoutePrefix = "",
        Queues = new QueueSettings(),
        Compose = static (_, _) => { },
        LogToConsole = false,
        LogLevel = LogLevel.None,
    };

    public static string NewFolder() => Directory.CreateTempSubdirectory("trainyard-test-").FullName;

    public static Task<TestHost> StartAsync(params Type[] functions) => StartAsync(static options => options, functions);

    public static Task<TestHost> StartAsync(Action<IFunctionsWorkerApplicationBuilder> compose, params Type[] functions) =>
        StartAsync(options => options with { Compose = (app, _) => compose(app) }, functions);

    public static async Task<TestHost> StartAsync(Func<LocalHostOptions, LocalHostOptions> configure, params Type[] functions)
    {
        LocalHostOptions options = configure(Options(NewFolder(), functions));
        return new TestHost(await LocalHostApplication.StartAsync(options, CancellationToken.None), options.DataFolder);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Application.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
