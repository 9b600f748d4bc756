using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.LocalHost.Hosting;
using Trainyard.LocalHost.Tests.Timers;
using Trainyard.Testing;

namespace Trainyard.LocalHost.Tests.Hosting;

public sealed class LocalHostApplicationTests : IDisposable
{
    private readonly string folder = TestHost.NewFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Start_FolderOfARunningHost_IsRefusedUntilThatHostEnds()
    {
        await using (await LocalHostApplication.StartAsync(TestHost.Options(folder), CancellationToken.None))
        {
            LocalHostException exception = await Assert.ThrowsAsync<LocalHostException>(
                () => LocalHostApplication.StartAsync(TestHost.Options(folder), CancellationToken.None));
            Assert.Equal("data_folder_in_use", exception.Code);
            Assert.Contains(folder, exception.Message, StringComparison.Ordinal);
        }

        await using LocalHostApplication next = await LocalHostApplication.StartAsync(TestHost.Options(folder), CancellationToken.None);
    }

    [Fact]
    public async Task Start_FolderThatIsAFile_SaysSo()
    {
        string file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "");

        LocalHostException exception = await Assert.ThrowsAsync<LocalHostException>(
            () => LocalHostApplication.StartAsync(TestHost.Options(file), CancellationToken.None));

        Assert.Equal("data_folder_unusable", exception.Code);
    }

    [Fact]
    public async Task Start_PortOfAnotherProgram_SaysSoAndLetsGoOfTheFolder()
    {
        ManualTimeProvider clock = new();
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        string url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        LocalHostException exception = await Assert.ThrowsAsync<LocalHostException>(
            () => LocalHostApplication.StartAsync(Timed(clock) with { Urls = [url] }, CancellationToken.None));

        Assert.Equal("port_in_use", exception.Code);
        Assert.Equal(0, clock.PendingTimers);
        Assert.Contains(url, exception.Message, StringComparison.Ordinal);
        await using LocalHostApplication next = await LocalHostApplication.StartAsync(TestHost.Options(folder), CancellationToken.None);
    }

    [Fact]
    public async Task Start_TwoHostsInOneProcess_DoNotMeet()
    {
        await using TestHost one = await TestHost.StartAsync(options => options with { Settings = Name("one") }, typeof(NameFunction));
        await using TestHost two = await TestHost.StartAsync(options => options with { Settings = Name("two") }, typeof(NameFunction));

        Assert.Equal("one", await one.Client.GetStringAsync("/name"));
        Assert.Equal("two", await two.Client.GetStringAsync("/name"));
    }

    [Fact]
    public async Task Start_RoutePrefix_PrecedesEveryRoute()
    {
        await using TestHost host = await TestHost.StartAsync(options => options with { RoutePrefix = "base", Settings = Name("x") }, typeof(NameFunction));

        Assert.Equal("x", await host.Client.GetStringAsync("/base/name"));
        using HttpResponseMessage bare = await host.Client.GetAsync("/name");
        Assert.Equal(HttpStatusCode.NotFound, bare.StatusCode);
    }

    [Fact]
    public async Task Stop_RequestUnderWay_IsAnswered()
    {
        Gate gate = new();
        await using TestHost host = await TestHost.StartAsync(app => app.Services.AddSingleton(gate), typeof(SlowFunction));
        Task<string> answer = host.Client.GetStringAsync("/slow");
        await gate.Entered.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Task stop = host.Application.StopAsync(CancellationToken.None);
        gate.Open.SetResult();

        Assert.Equal("done", await answer);
        await stop;
        await Assert.ThrowsAsync<HttpRequestException>(() => host.Client.GetStringAsync("/slow"));
    }

    [Fact]
    public async Task Stop_RequestThatDoesNotEnd_IsCancelledAfterTheDrainTimeout()
    {
        Gate gate = new();
        await using TestHost host = await TestHost.StartAsync(
            options => options with { DrainTimeout = TimeSpan.FromMilliseconds(50), Compose = (app, _) => app.Services.AddSingleton(gate) },
            typeof(SlowFunction));
        Task<string> answer = host.Client.GetStringAsync("/slow");
        await gate.Entered.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await host.Application.StopAsync(CancellationToken.None);

        await Assert.ThrowsAnyAsync<Exception>(() => answer);
        await gate.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private LocalHostOptions Timed(ManualTimeProvider clock) => TestHost.Options(folder, typeof(TimerFunctionTests.Hourly)) with
    {
        TimeProvider = clock,
        ConfigureServices = static services => services.AddSingleton<Recorder>(),
    };

    private static Dictionary<string, string?> Name(string value) => new() { ["Name"] = value };

    public sealed class NameFunction(IConfiguration configuration)
    {
        [Function("name")]
        public IResult Run([HttpTrigger("get", Route = "name")] HttpRequest request) => Results.Text(configuration["Name"]);
    }

    public sealed class Gate
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public sealed class SlowFunction(Gate gate)
    {
        [Function("slow")]
        public async Task<IResult> Run([HttpTrigger("get", Route = "slow")] HttpRequest request, CancellationToken cancellationToken)
        {
            gate.Entered.SetResult();
            try
            {
                await gate.Open.Task.WaitAsync(cancellationToken);
                return Results.Text("done");
            }
            catch (OperationCanceledException)
            {
                gate.Cancelled.SetResult();
                throw;
            }
        }
    }
}
