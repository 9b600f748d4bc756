using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using Trainyard.Functions.Activities;
using Trainyard.Functions.Tests.Pipelines;

namespace Trainyard.Functions.Tests.Telemetry;

/// <summary>One request, one trace: through the orchestration that it starts and all its steps, in spans and in log lines.</summary>
public sealed class RunTraceTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Pipeline = """{"model_name":"iris","dataset_uri":"dataset://iris","target_metric":"accuracy","threshold":0.8,"auto_deploy":true}""";

    // Every step of a run on few rows that ends well, once or more.
    private static readonly string[] Steps =
    [
        "ApplyGate", "BeginRun", "ChooseCandidates", "DeployVersion", "EvaluateModel", "ProfileDataset",
        "RecordResult", "RefitBest", "RegisterVersion", "SplitDataset", "TrainCandidate", "ValidateDataset",
    ];

    [Fact]
    public async Task Run_TriggeredWithATraceContext_IsInThatTraceAltogether()
    {
        await using ObservedHost host = await ObservedHost.StartAsync();
        string run = await TriggerAsync(host);
        await host.StopAsync();

        ExportedSpan[] trace = [.. host.Collector.Spans.Where(span => span.TraceId == TraceId)];
        ExportedSpan trigger = Assert.Single(trace, span => span.Name == "TriggerPipeline");
        ExportedSpan created = Assert.Single(trace, span => span.Name == "create_orchestration:PipelineRunOrchestration");
        Assert.Equal((ExportedSpan.Producer, trigger.SpanId), (created.Kind, created.ParentId));

        ExportedSpan[] below = [.. trace.Where(span => span.ParentId == created.SpanId)];
        ExportedSpan whole = Assert.Single(below, span => span.Name == "orchestration:PipelineRunOrchestration");
        Assert.Equal((ExportedSpan.Server, false, $"run-{run}"), (whole.Kind, whole.IsError, whole.Tags["durabletask.task.instance_id"]));
        ExportedSpan[] steps = [.. below.Where(span => span != whole)];
        Assert.Equal(Steps, steps.Select(step => step.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(steps, step => Assert.Equal(("default", $"run-{run}"), (step.Tags["trainyard.tenant"], step.Tags["trainyard.orchestration"])));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LogLines_OfARun_CarryTheRequestsCorrelationIdAndTheTenant(bool areSpansCollected)
    {
        await using ObservedHost host = await ObservedHost.StartAsync(areSpansCollected ? [] : [Collector.None]);
        await TriggerAsync(host);
        await host.StopAsync();

        KeptLine[] ended = [.. host.Logs.Lines.Where(line => line.Id == 1401 && Steps.Contains(line.Field("Function")))];
        Assert.Equal(Steps, ended.Select(line => line.Field("Function")!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(ended, line => Assert.Equal((TraceId, "default"), (line.Field("CorrelationId"), line.Field("Tenant"))));
    }

    [Fact]
    public void Steps_AreAllActivitiesButThoseOfManyRowsAndOfFailure()
    {
        IEnumerable<string> declared = typeof(PipelineRunActivities).GetMethods()
            .Where(method => method.IsDefined(typeof(FunctionAttribute), inherit: false)).Select(method => method.Name);

        Assert.Equal([nameof(PipelineRunActivities.ChooseNextRung), nameof(PipelineRunActivities.CompensateRun)], declared.Except(Steps, StringComparer.Ordinal));
    }

    /// <summary>Takes a pipeline to the end of its first run; gives the run's id.</summary>
    private static async Task<string> TriggerAsync(ObservedHost host)
    {
        using ByteArrayContent csv = new(Samples.Read("iris"));
        csv.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using HttpResponseMessage uploaded = await host.Client.PostAsync("/api/v1/datasets?name=iris", csv);
        Assert.Equal(HttpStatusCode.Created, uploaded.StatusCode);
        using StringContent pipeline = new(Pipeline, Encoding.UTF8, "application/json");
        using HttpResponseMessage created = await host.Client.PostAsync(PipelineApp.Pipelines, pipeline);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);

        using HttpRequestMessage request = new(HttpMethod.Post, $"{created.Headers.Location}/trigger");
        request.Headers.Add("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01");
        using HttpResponseMessage triggered = await host.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, triggered.StatusCode);
        Assert.Equal(TraceId, triggered.Headers.GetValues("X-Correlation-Id").Single());

        // The stream ends with the run.
        await host.Client.GetStringAsync($"{triggered.Headers.Location}/events");
        JsonNode run = JsonNode.Parse(await host.Client.GetStringAsync(triggered.Headers.Location))!;
        Assert.Equal("deployed", (string)run["status"]!);
        return (string)run["id"]!;
    }
}
