using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Pipelines.Steps;
using Trainyard.Domain.Tenancy;
using Trainyard.Testing;

namespace Trainyard.Functions.Tests.Pipelines;

/// <summary>Runs that are stopped while a long step of theirs is taken.</summary>
public class PipelineStopTests
{
    private const string Pipeline = """{"model_name":"m","dataset_uri":"dataset://long","target_column":"y","threshold":0.5,"auto_deploy":true}""";

    [Fact]
    public async Task Cancel_WhileCandidatesAreTrained_StopsThemInMidStep()
    {
        await using PipelineApp app = await PipelineApp.StartAsync();
        string run = await TrainingAsync(app);

        Assert.Equal(HttpStatusCode.Accepted, (await app.SendAsync(HttpMethod.Post, $"{run}/cancel")).Status);

        JsonNode ended = await app.FollowAsync(run);
        Assert.Equal(("cancelled", null), ((string)ended["status"]!, ended["failure"]));
        Assert.Contains(ended["steps"]!.AsArray(), step => IsTraining(step!, "cancelled"));
        Assert.All(ended["steps"]!.AsArray(), step => Assert.Contains((string)step!["status"]!, new[] { "completed", "cancelled" }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Terminate_WhileCandidatesAreTrained_EndsTheRunAsLost(bool purge)
    {
        ManualTimeProvider clock = new(new DateTimeOffset(2025, 11, 3, 21, 0, 0, TimeSpan.Zero));
        await using PipelineApp app = await PipelineApp.StartAsync(clock, services: HoldTraining);
        string run = await TrainingAsync(app);
        DurableTaskClient engine = app.Services.GetRequiredService<DurableTaskClient>();
        string instance = "run-" + run.Split('/')[^1];
        await engine.TerminateInstanceAsync(instance);
        await engine.WaitForInstanceCompletionAsync(instance);
        if (purge)
        {
            await engine.PurgeInstanceAsync(instance);
        }

        // The host sets its timer anew once the function has returned, so the clock must be moved more than once.
        JsonNode ended = await app.UntilAsync(run, shown =>
        {
            clock.Advance(TimeSpan.FromSeconds(10));

            // The run is closed first, then its steps.
            return (string)shown["status"]! != "running" && !shown["steps"]!.AsArray().Any(step => (string)step!["status"]! == "running");
        });

        Assert.Equal(("failed", "run_lost"), ((string)ended["status"]!, (string)ended["failure"]!["code"]!));
        Assert.True(ended["steps"]!.AsArray().Any(step => IsTraining(step!, "cancelled")), $"no training was cancelled: {ended}");
    }

    // Fifty thousand rows keep every candidate busy for seconds.
    private static byte[] LongTraining()
    {
        const int Rows = 50_000;
        const int Columns = 12;
        Random random = new(20251103);
        StringBuilder csv = new();
        csv.AppendJoin(',', Enumerable.Range(0, Columns).Select(column => $"x{column}")).Append(",y\n");
        for (int row = 0; row < Rows; row++)
        {
            double[] values = [.. Enumerable.Range(0, Columns).Select(_ => Math.Round(random.NextDouble(), 4))];
            csv.AppendJoin(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture))).Append(values[0] * values[1] > 0.25 ? ",yes\n" : ",no\n");
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static async Task<string> TrainingAsync(PipelineApp app)
    {
        await app.UploadAsync("long", LongTraining());
        string run = await app.TriggerAsync(await app.CreateAsync(Pipeline));
        await app.UntilAsync(run, shown => shown["steps"]!.AsArray().Any(step => IsTraining(step!, "running")));
        return run;
    }

    // Nothing tells how long a machine needs to terminate an orchestration, so that training which only takes long may be over by then.
    private static void HoldTraining(IServiceCollection services)
    {
        services.AddSingleton<DatasetInspector>();
        services.AddSingleton<IDatasetInspector, TrainingHeld>();
    }

    private static bool IsTraining(JsonNode step, string status) => (string)step["name"]! == "train_candidate" && (string)step["status"]! == status;

    /// <summary>Lets a run's data be divided and its candidates be chosen; who opens it after that, to train, waits until he is stopped.</summary>
    private sealed class TrainingHeld(DatasetInspector inner) : IDatasetInspector
    {
        private const int OpenedBeforeTraining = 2;

        private int opened;

        public Task<InspectedDataset> InspectAsync(TenantId tenant, string datasetUri, TargetChoice target, CancellationToken cancellationToken) =>
            inner.InspectAsync(tenant, datasetUri, target, cancellationToken);

        public async Task<InspectedDataset> OpenAsync(TenantId tenant, RunDataset dataset, TargetChoice target, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref opened) > OpenedBeforeTraining)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            return await inner.OpenAsync(tenant, dataset, target, cancellationToken);
        }
    }
}
