using System.Text.Json.Nodes;
using Trainyard.Domain.Batches;
using Trainyard.Domain.Batches.Starting;
using Trainyard.Domain.Problems;
using Trainyard.Domain.Tests.Serving;

namespace Trainyard.Domain.Tests.Batches;

public class BatchMessagesTests
{
    private const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private const string Request = """{"model_id":"fruit","dataset_uri":"dataset://rows"}""";

    [Fact]
    public async Task Start_TheSameMessageDeliveredAgain_FindsItsJob()
    {
        using BatchWorld world = await WorldAsync();
        BatchMessages messages = new(world.Starter, new KeptMessages());

        string? first = (await messages.StartAsync($$"""{"request":{{Request}}}""", "7", null, world.Orchestrations, default)).Subject;
        string? again = (await messages.StartAsync($$"""{"request":{{Request}}}""", "7", null, world.Orchestrations, default)).Subject;
        string? other = (await messages.StartAsync($$"""{"request":{{Request}}}""", "8", null, world.Orchestrations, default)).Subject;
        string? sent = (await messages.StartAsync($$"""{"message_id":"7","request":{{Request}}}""", "9", null, world.Orchestrations, default)).Subject;

        Assert.Equal(first, again);
        Assert.Equal(first, sent);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task Start_WhileThereIsNoPlace_SendsTheMessageBackUnderItsId()
    {
        using BatchWorld world = await WorldAsync(new BatchOptions { MaxActiveJobs = 1, ChunkBytes = 64 });
        KeptMessages queue = new();
        BatchMessages messages = new(world.Starter, queue);
        await world.StartAsync("rows");

        Assert.Null((await messages.StartAsync($$"""{"traceparent":"anything","request":{{Request}}}""", "7", Trace, world.Orchestrations, default)).Subject);

        (string name, string message, TimeSpan delay) = Assert.Single(queue.Sent);
        Assert.Equal((BatchMessages.Queue, BatchMessages.WaitForPlace), (name, delay));
        Assert.Equal(Trace, (string?)JsonNode.Parse(message)!["traceparent"]);
        await world.RunAsync();
        string? started = (await messages.StartAsync(message, "8", null, world.Orchestrations, default)).Subject;
        Assert.Equal(started, (await messages.StartAsync($$"""{"request":{{Request}}}""", "7", null, world.Orchestrations, default)).Subject);
    }

    [Theory]
    [InlineData("nothing", "json_malformed")]
    [InlineData("", "json_empty")]
    [InlineData("{}", "field_missing")]
    [InlineData("""{"request":{"model_id":"fruit"},"who":"me"}""", "field_unknown")]
    [InlineData("""{"request":{"model_id":"fruit"}}""", "batch_rows_missing")]
    [InlineData("""{"request":{"model_id":"fruit","dataset_uri":"dataset://rows"},"tenant":"No Tenant"}""", "message_invalid")]
    [InlineData("""{"request":{"model_id":"fruit","dataset_uri":"dataset://rows"},"message_id":""}""", "message_invalid")]
    [InlineData("""{"request":{"model_id":"fruit","dataset_uri":"dataset://rows"},"tenant":"other"}""", "model_not_found")]
    public async Task Start_AMessageThatCannotBeUsed_IsRefused(string message, string code)
    {
        using BatchWorld world = await WorldAsync();
        BatchMessages messages = new(world.Starter, new KeptMessages());

        Problem refused = await TestStores.RefusedAsync(() => messages.StartAsync(message, "7", null, world.Orchestrations, default));

        Assert.Equal(code, refused.Code);
        Assert.Empty(world.Orchestrations.Started);
    }

    private static async Task<BatchWorld> WorldAsync(BatchOptions? options = null)
    {
        BatchWorld world = new(options);
        await world.Serving.DeployAsync(ServingWorld.Classifier(), "r1");
        await world.UploadAsync("rows", BatchWorld.Fruit(9));
        return world;
    }
}
