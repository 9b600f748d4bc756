using System.Text.Json.Nodes;
using Trainyard.Domain.Messages;
using Trainyard.Domain.Pipelines.Messages;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Tests.Batches;

namespace Trainyard.Domain.Tests.Pipelines;

public class PipelineMessagesTests
{
    private const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    [Fact]
    public async Task Trigger_DeliveredAgain_StartsOneRun()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync();
        PipelineMessages messages = new(world.Service(), new KeptMessages());

        HandledMessage first = await messages.TriggerAsync("""{"pipeline_id":"p1"}""", "7", null, world.Orchestrations, default);
        HandledMessage again = await messages.TriggerAsync("""{"pipeline_id":"p1","message_id":"7"}""", "9", null, world.Orchestrations, default);

        Assert.Equal(first.Subject, again.Subject);
        Assert.Equal(first.Subject, Assert.Single(world.Orchestrations.Started));
    }

    [Fact]
    public async Task Trigger_WhileARunIsUnderWay_WaitsAndStartsWhenItEnded()
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync();
        KeptMessages queue = new();
        PipelineMessages messages = new(world.Service(), queue);
        PipelineRun under = await world.TriggerAsync();

        Assert.Null((await messages.TriggerAsync("""{"pipeline_id":"p1"}""", "7", Trace, world.Orchestrations, default)).Subject);

        (string name, string waiting, TimeSpan delay) = Assert.Single(queue.Sent);
        Assert.Equal((PipelineMessages.Triggers, PipelineMessages.WaitForTurn), (name, delay));
        Assert.Equal(("7", Trace), ((string?)JsonNode.Parse(waiting)!["message_id"], (string?)JsonNode.Parse(waiting)!["traceparent"]));
        await world.EndAsync(under, new RunOutcome(RunStatus.Rejected));
        string started = (await messages.TriggerAsync(waiting, "8", null, world.Orchestrations, default)).Subject!;
        Assert.Equal([under.Id, started], world.Orchestrations.Started);
    }

    [Fact]
    public async Task Train_DeliveredAgain_MakesOnePipelineAndStartsItsRun()
    {
        await using PipelineWorld world = new();
        PipelineMessages messages = new(world.Service(), new KeptMessages());
        const string Message = """{"message_id":"m","request":{"model_name":"iris","dataset_uri":"dataset://iris"}}""";

        string? first = (await messages.TrainAsync(Message, "1", world.Orchestrations, default)).Subject;
        string? again = (await messages.TrainAsync(Message, "2", world.Orchestrations, default)).Subject;
        string? other = (await messages.TrainAsync(Message.Replace("\"m\"", "\"n\"", StringComparison.Ordinal), "3", world.Orchestrations, default)).Subject;

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal(2, world.Orchestrations.Started.Count);
        Assert.Equal(1, (await world.Service().GetAsync(PipelineWorld.Tenant, first!, default)).TotalRuns);
    }

    [Theory]
    [InlineData("", "json_empty")]
    [InlineData("{}", "field_missing")]
    [InlineData("""{"pipeline_id":null}""", "field_type")]
    [InlineData("""{"pipeline_id":"p1","who":"me"}""", "field_unknown")]
    [InlineData("""{"pipeline_id":"p1","tenant":"No Tenant"}""", "message_invalid")]
    [InlineData("""{"pipeline_id":"p1","tenant":"other"}""", "pipeline_not_found")]
    [InlineData("""{"pipeline_id":"nothing"}""", "pipeline_not_found")]
    public async Task Trigger_AMessageThatCannotBeUsed_IsRefused(string message, string code)
    {
        await using PipelineWorld world = await PipelineWorld.WithPipelineAsync();
        PipelineMessages messages = new(world.Service(), new KeptMessages());

        Assert.Equal(code, (await TestStores.RefusedAsync(() => messages.TriggerAsync(message, "7", null, world.Orchestrations, default))).Code);
        Assert.Empty(world.Orchestrations.Started);
    }

    [Theory]
    [InlineData("""{"request":{"model_name":"iris"}}""", "field_required")]
    [InlineData("""{"request":{"model_name":"iris","dataset_uri":"dataset://iris"},"message_id":""}""", "message_invalid")]
    public async Task Train_AMessageThatCannotBeUsed_IsRefusedAndMakesNothing(string message, string code)
    {
        await using PipelineWorld world = new();
        PipelineMessages messages = new(world.Service(), new KeptMessages());

        Assert.Equal(code, (await TestStores.RefusedAsync(() => messages.TrainAsync(message, "7", world.Orchestrations, default))).Code);
        Assert.Empty(world.Orchestrations.Started);
    }
}
