using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trainyard.Functions.Tests.Storage;
using Trainyard.LocalHost.Hosting;

namespace Trainyard.Functions.Tests.Pipelines;

/// <summary>The whole app on a host of its own, spoken to over HTTP as a client would.</summary>
internal sealed class PipelineApp : IAsyncDisposable
{
    public const string Pipelines = "/api/v1/advanced-ai/mlops/pipelines";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly LocalHostApplication host;
    private readonly string folder;

    private PipelineApp(LocalHostApplication host, string folder)
    {
        this.host = host;
        this.folder = folder;
        Client = new HttpClient { BaseAddress = host.BaseAddress, Timeout = Patience };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => host.Services;

    public static async Task<PipelineApp> StartAsync(
        TimeProvider? time = null, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null)
    {
        string state = Directory.CreateTempSubdirectory("trainyard-app-").FullName;
        LocalHostOptions options = new()
        {
            DataFolder = state,
            Urls = ["http://127.0.0.1:0"],
            LogToConsole = false,
            LogLevel = LogLevel.None,
            TimeProvider = time ?? TimeProvider.System,
            Settings = settings ?? await HostStorage.SettingsAsync(),
            ConfigureServices = services,
        };
        return new PipelineApp(await LocalHostApplication.StartAsync(options, CancellationToken.None), state);
    }

    public async Task UploadAsync(string name, byte[] csv)
    {
        using ByteArrayContent content = new(csv);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using HttpResponseMessage answer = await Client.PostAsync($"/api/v1/datasets?name={name}", content);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body, Uri? Location)> SendAsync(HttpMethod method, string path, string? json = null, string? idempotencyKey = null)
    {
        using HttpRequestMessage request = new(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using HttpResponseMessage answer = await Client.SendAsync(request);
        string body = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, body.Length == 0 ? null : JsonNode.Parse(body), answer.Headers.Location);
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        (HttpStatusCode status, JsonNode? body, _) = await SendAsync(HttpMethod.Get, path);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status} {body}");
        return body!;
    }

    /// <summary>Creates a pipeline; returns its path.</summary>
    public async Task<string> CreateAsync(string json)
    {
        (HttpStatusCode status, JsonNode? body, Uri? location) = await SendAsync(HttpMethod.Post, Pipelines, json);
        Assert.True(status == HttpStatusCode.Created, $"{status} {body}");
        return location!.ToString();
    }

    /// <summary>Triggers a pipeline; returns the run's path.</summary>
    public async Task<string> TriggerAsync(string pipeline)
    {
        (HttpStatusCode status, JsonNode? body, Uri? location) = await SendAsync(HttpMethod.Post, $"{pipeline}/trigger");
        Assert.True(status == HttpStatusCode.Accepted, $"{status} {body}");
        return location!.ToString();
    }

    /// <summary>Follows a run's events to their end; returns the run.</summary>
    public async Task<JsonNode> FollowAsync(string run)
    {
        using Stream events = await Client.GetStreamAsync($"{run}/events");
        using StreamReader reader = new(events);
        await reader.ReadToEndAsync();
        return await GetAsync(run);
    }

    /// <summary>Asks until an answer is as it should be.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> condition)
    {
        using CancellationTokenSource patience = new(Patience);
        while (true)
        {
            JsonNode answer = await GetAsync(path);
            if (condition(answer))
            {
                return answer;
            }

            Assert.False(patience.IsCancellationRequested, $"{path} is still {answer}");
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
