using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Batches.Starting;
using Trainyard.Domain.Ports;
using Trainyard.Domain.Registry;
using Trainyard.Domain.Tenancy;
using Trainyard.Functions.Tests.Registry;

namespace Trainyard.Functions.Tests.Telemetry;

/// <summary>A message brings its trace in its own text, since queues have no place beside it.</summary>
public sealed class MessageTraceTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string SpanId = "00f067aa0ba902b7";
    private static readonly string[] Steps = ["BeginBatch", "FinishBatch", "PredictChunk"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Message_WithATraceContext_HasItsJobInThatTrace()
    {
        await using ObservedHost host = await ObservedHost.StartAsync();
        await SendAsync(host, $"00-{TraceId}-{SpanId}-01");
        await host.StopAsync();

        ExportedSpan[] trace = [.. host.Collector.Spans.Where(span => span.TraceId == TraceId)];
        ExportedSpan taken = Assert.Single(trace, span => span.Name == "StartBatchFromQueue");
        Assert.Equal((ExportedSpan.Consumer, SpanId, "pubsub"), (taken.Kind, taken.ParentId, taken.Tags["faas.trigger"]));
        ExportedSpan created = Assert.Single(trace, span => span.Name == "create_orchestration:BatchOrchestration");
        Assert.Equal(taken.SpanId, created.ParentId);
        Assert.Contains(trace, span => span.ParentId == created.SpanId && span.Tags.ContainsKey("trainyard.orchestration"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Message_WithATraceContext_HasItsLogLinesUnderIt(bool areSpansCollected)
    {
        await using ObservedHost host = await ObservedHost.StartAsync(areSpansCollected ? [] : [Collector.None]);
        await SendAsync(host, $"00-{TraceId}-{SpanId}-01");
        await host.StopAsync();

        Assert.Equal(TraceId, Assert.Single(host.Logs.Lines, line => line.Id == 3330).Field("CorrelationId"));
        KeptLine[] steps = [.. host.Logs.Lines.Where(line => line.Id == 1401 && Steps.Contains(line.Field("Function")))];
        Assert.Equal(Steps, steps.Select(line => line.Field("Function")!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(steps, line => Assert.Equal(TraceId, line.Field("CorrelationId")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    public async Task Message_WithWhatIsNoTraceContext_HasATraceOfItsOwn(string? traceParent)
    {
        await using ObservedHost host = await ObservedHost.StartAsync(Collector.None);
        await SendAsync(host, traceParent);
        await host.StopAsync();

        Assert.Matches("^(?!0{32})[0-9a-f]{32}$", Assert.Single(host.Logs.Lines, line => line.Id == 3330).Field("CorrelationId")!);
    }

    [Theory]
    [InlineData("plain text")]
    [InlineData("")]
    [InlineData("[1, 2]")]
    [InlineData("{\"traceparent\": {\"a\": 1}, \"request\"")]
    [InlineData("{\"traceparent\": \"\\ud800\"}")]
    [InlineData("{\"\\ud800\": 1, \"traceparent\": 7}")]
    public async Task Message_OfAnyText_IsRefusedByWhoeverUsesIt(string text)
    {
        await using ObservedHost host = await ObservedHost.StartAsync(Collector.None);
        await host.Services.GetRequiredService<IMessageQueue>().SendAsync(BatchMessages.Queue, text, TimeSpan.Zero, default);
        await host.Logs.WaitAsync(line => line.Id == 3331, Patience);

        Assert.Matches("^json_|^field_", host.Logs.Lines.First(line => line.Id == 3331).Field("Code")!);
    }

    /// <summary>Has a job started by a message, and waits for its end.</summary>
    private static async Task SendAsync(ObservedHost host, string? traceParent)
    {
        ModelVersion version = await DeployedModel.RegisterAsync(host.Services, "fruit", "run");
        await host.Services.GetRequiredService<ModelRegistry>().DeployAsync(TenantId.Default, "fruit", version.Sequence, "run", default);
        JsonObject message = new() { ["request"] = new JsonObject { ["model_id"] = "fruit", ["instances"] = new JsonArray(new JsonObject { ["size"] = 1 }) } };
        if (traceParent is not null)
        {
            message["traceparent"] = traceParent;
        }

        await host.Services.GetRequiredService<IMessageQueue>().SendAsync(BatchMessages.Queue, message.ToJsonString(), TimeSpan.Zero, default);
        KeptLine started = await host.Logs.WaitAsync(line => line.Id == 3330, Patience);
        await host.Client.GetStringAsync($"/api/v1/predictions/{started.Field("Subject")}/events");
    }
}
