using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Trainyard.Functions.Access;
using Trainyard.Functions.Configuration;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Benchmarks.Http;

/// <summary>The two servers that are compared, each in a process of its own. The first line they print is their address.</summary>
internal static class NoOpServer
{
    public const string Functions = "functions";
    public const string Minimal = "minimal";
    public const string NoOpPath = "/noop";
    public const string AllocatedPath = "/allocated";

    private const string AnyPort = "http://127.0.0.1:0";

    public static Task<int> RunAsync(string kind) => kind == Functions ? RunFunctionsAsync() : RunMinimalAsync();

    private static async Task<int> RunFunctionsAsync()
    {
        string folder = Directory.CreateTempSubdirectory("trainyard-bench-").FullName;
        LocalHostOptions options = new()
        {
            Urls = [AnyPort],
            DataFolder = folder,
            FunctionTypes = [typeof(NoOpFunctions)],
            RoutePrefix = "",
            Compose = Compose,
            LogToConsole = false,
            HandleSignals = true,
        };
        await using (LocalHostApplication host = await LocalHostApplication.StartAsync(options, CancellationToken.None))
        {
            Console.WriteLine(host.BaseAddress);
            await host.WaitForShutdownAsync(CancellationToken.None);
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }

    // All of the app's middleware, which knows its own functions alone until it is told of these.
    private static void Compose(IFunctionsWorkerApplicationBuilder app, IConfiguration configuration)
    {
        app.Services.AddTrainyard(configuration, isLocalOnly: true);
        app.Services.AddSingleton(Operations.Of(typeof(NoOpFunctions).Assembly));
        app.UseTrainyard();
    }

    private static async Task<int> RunMinimalAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(AnyPort);
        await using WebApplication application = builder.Build();
        application.MapGet(NoOpPath, static () => NoOpFunctions.Answer());
        application.MapGet(AllocatedPath, static () => NoOpFunctions.AllocatedBytes());
        await application.StartAsync();
        Console.WriteLine(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await application.WaitForShutdownAsync();
        return 0;
    }
}
