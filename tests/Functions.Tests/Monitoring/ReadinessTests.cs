using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trainyard.Domain.Ports;
using Trainyard.Functions.Tests.Storage;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Functions.Tests.Monitoring;

public sealed class ReadinessTests
{
    [Fact]
    public async Task Ready_OfARunningHost_TellsTheTimeOfEachCheck()
    {
        (HttpStatusCode status, JsonElement body) = await AskAsync(queues: null);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("ready", body.GetProperty("status").GetString());
        JsonElement[] checks = [.. body.GetProperty("checks").EnumerateArray()];
        Assert.Equal(["documents", "blobs", "queues", "orchestrations"], checks.Select(check => check.GetProperty("name").GetString()));
        Assert.All(checks, check => Assert.InRange(check.GetProperty("seconds").GetDouble(), 0, 2));
    }

    [Fact]
    public async Task Ready_WithQueuesThatFail_NamesThemAlone()
    {
        (HttpStatusCode status, JsonElement problem) = await AskAsync(new UnreachableQueues());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal(("store_unreachable", "queues"), (problem.GetProperty("code").GetString(), problem.GetProperty("field").GetString()));
        Assert.DoesNotContain("documents", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(UnreachableQueues.Secret, problem.GetRawText(), StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(IMessageQueue? queues)
    {
        string folder = Directory.CreateTempSubdirectory("trainyard-ready-").FullName;
        LocalHostOptions options = new()
        {
            DataFolder = folder,
            Urls = ["http://127.0.0.1:0"],
            LogToConsole = false,
            LogLevel = LogLevel.None,
            Settings = await HostStorage.SettingsAsync(),
            ConfigureServices = services =>
            {
                if (queues is not null)
                {
                    services.AddSingleton(queues);
                }
            },
        };
        await using LocalHostApplication application = await LocalHostApplication.StartAsync(options, CancellationToken.None);
        using HttpClient client = new() { BaseAddress = application.BaseAddress };
        using HttpResponseMessage response = await client.GetAsync("health/ready");
        JsonElement body = await PlatformHost.JsonAsync(response);
        await application.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        return (response.StatusCode, body);
    }

    private sealed class UnreachableQueues : IMessageQueue
    {
        public const string Secret = "AccountKey=canary";

        public Task SendAsync(string queue, string message, TimeSpan delay, CancellationToken cancellationToken) => throw new StorageUnavailableException(Secret, new IOException(Secret));

        public Task ProbeAsync(CancellationToken cancellationToken) => throw new StorageUnavailableException(Secret, new IOException(Secret));
    }
}
