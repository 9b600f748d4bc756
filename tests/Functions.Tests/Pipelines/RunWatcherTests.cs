using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Trainyard.Domain.Orchestrations;
using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Tenancy;

namespace Trainyard.Functions.Tests.Pipelines;

public sealed class RunWatcherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Watch_WhileTheHostStops_EndsLikeAnyOtherAnswer()
    {
        await using PipelineApp app = await PipelineApp.StartAsync();
        string run = await TriggerAsync(app);
        using CancellationTokenSource patience = new(Patience);
        using Stream events = await app.Client.GetStreamAsync($"{run}/events", patience.Token);
        using StreamReader reader = new(events);
        string? line = await reader.ReadLineAsync(patience.Token);
        while (line is not null && !line.StartsWith("event: run", StringComparison.Ordinal))
        {
            line = await reader.ReadLineAsync(patience.Token);
        }

        app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        // An answer that is cut off throws instead; one that waited for the run would have shown its end.
        string rest = await reader.ReadToEndAsync(patience.Token);
        Assert.StartsWith("data: {", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("event: run", rest, StringComparison.Ordinal);
    }

    // A run that nobody carries on, so that its stream has no end of its own.
    private static async Task<string> TriggerAsync(PipelineApp app)
    {
        await app.UploadAsync("cancer", Samples.Read("breast-cancer"));
        PipelineService pipelines = app.Services.GetRequiredService<PipelineService>();
        PipelineDefinition definition = new() { ModelName = "m", DatasetUri = "dataset://cancer", TargetMetric = "accuracy", Threshold = 0.5 };
        Pipeline pipeline = await pipelines.CreateAsync(TenantId.Default, "p", definition, CancellationToken.None);
        PipelineRun run = await pipelines.TriggerAsync(TenantId.Default, pipeline.Id, "r", new Nobody(), CancellationToken.None);
        return $"{PipelineApp.Pipelines}/{pipeline.Id}/runs/{run.Id}";
    }

    private sealed class Nobody : IRunOrchestrations
    {
        public Task StartAsync(RunKey run, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task CancelAsync(RunKey run, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<OrchestrationState> GetStateAsync(RunKey run, CancellationToken cancellationToken) => Task.FromResult(OrchestrationState.UnderWay);
    }
}
