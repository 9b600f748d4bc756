using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Messages;
using Trainyard.Domain.Ports;
using Trainyard.Functions.Tests.Pipelines;

namespace Trainyard.Functions.Tests.Queues;

/// <summary>Messages at a whole host: what they start, where those lie that cannot be used, and how they get out again.</summary>
public sealed class QueueHttpTests : IAsyncLifetime
{
    private PipelineApp app = null!;

    public async Task InitializeAsync()
    {
        app = await PipelineApp.StartAsync();
        await app.UploadAsync("iris", Samples.Read("iris"));
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task Messages_ToTrainAndToTrigger_RunTheJobOnceEach()
    {
        const string Train = """{"message_id":"t","request":{"model_name":"iris","dataset_uri":"dataset://iris","auto_deploy":true}}""";
        await SendAsync("training-requests", Train);
        await SendAsync("training-requests", Train);
        JsonNode made = (await app.UntilAsync(PipelineApp.Pipelines, all => all["items"]!.AsArray() is [{ } only] && (string?)only["latest_run"]?["status"] == "deployed"))["items"]![0]!;

        await SendAsync("pipeline-triggers", $$"""{"message_id":"a","pipeline_id":"{{made["id"]}}"}""");
        await SendAsync("pipeline-triggers", $$"""{"message_id":"a","pipeline_id":"{{made["id"]}}"}""");
        JsonNode again = await app.UntilAsync($"{PipelineApp.Pipelines}/{made["id"]}", each => (int)each["total_runs"]! == 2 && (string?)each["latest_run"]?["status"] == "deployed");

        Assert.Equal(2, (int)again["total_runs"]!);
    }

    [Fact]
    public async Task Message_OfAnAlert_RaisesItOnce()
    {
        const string Alert = """{"message_id":"x","message":"The source is late.","raised_at":"2026-01-05T10:00:00Z","model_name":"iris","metric":"delay","value":7,"expected":5}""";
        await SendAsync("alerts", Alert);
        await SendAsync("alerts", Alert);
        await SendAsync("alerts", Alert.Replace("\"x\"", "\"y\"", StringComparison.Ordinal));

        JsonNode raised = await app.UntilAsync("/api/v1/alerts", all => all["items"]!.AsArray().Count == 2);

        Assert.All(raised["items"]!.AsArray(), alert => Assert.Equal(("external", "The source is late.", "iris", 7.0), ((string)alert!["kind"]!, (string)alert["message"]!, (string)alert["model_name"]!, (double)alert["value"]!)));
    }

    [Fact]
    public async Task Poison_IsListedSentAgainAndDeleted()
    {
        const string Path = "/api/v1/queues/alerts/poison";
        const string Alert = """{"message":"Late.","raised_at":"2026-01-05T10:00:00Z"}""";
        await SendAsync("alerts" + PoisonMessages.Suffix, Alert);
        await SendAsync("alerts" + PoisonMessages.Suffix, "nothing");

        JsonArray items = (await app.GetAsync(Path))["items"]!.AsArray();
        Assert.Equal([Alert, "nothing"], items.Select(item => (string)item!["text"]!));
        (HttpStatusCode status, JsonNode? replayed, _) = await app.SendAsync(HttpMethod.Post, $"{Path}/replay", $$"""{"ids":["{{items[0]!["id"]}}"]}""");
        Assert.Equal((HttpStatusCode.OK, 1), (status, (int)replayed!["replayed"]!));
        await app.UntilAsync("/api/v1/alerts", all => all["items"]!.AsArray().Count == 1);

        Assert.Equal(HttpStatusCode.NoContent, (await app.SendAsync(HttpMethod.Delete, $"{Path}/{items[1]!["id"]}")).Status);
        Assert.Empty((await app.GetAsync(Path))["items"]!.AsArray());
        Assert.Equal(0, (int)(await app.SendAsync(HttpMethod.Post, $"{Path}/replay")).Body!["replayed"]!);
        (HttpStatusCode none, JsonNode? problem, _) = await app.SendAsync(HttpMethod.Get, "/api/v1/queues/others/poison");
        Assert.Equal((HttpStatusCode.NotFound, "queue_not_found"), (none, (string)problem!["code"]!));
    }

    private Task SendAsync(string queue, string message) => app.Services.GetRequiredService<IMessageQueue>().SendAsync(queue, message, TimeSpan.Zero, default);
}
