using Trainyard.Domain.Pipelines;
using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Domain.Ports;

namespace Trainyard.Functions.Tests.Pipelines;

/// <summary>What a run that came to nothing may not leave.</summary>
internal static class RunLeftovers
{
    /// <summary>No claim on the pipeline, no version, no file.</summary>
    public static async Task NothingIsLeftAsync(DirectWorld world, RunKey run)
    {
        Pipeline pipeline = await world.Pipelines.GetAsync(DirectWorld.Tenant, run.PipelineId, CancellationToken.None);
        Assert.Null(pipeline.ActiveRunId);
        Assert.Null(await world.Registry.FindByRunAsync(DirectWorld.Tenant, pipeline.Settings.ModelName, run.RunId, CancellationToken.None));
        foreach (string file in new[] { "fitted.tym", "model.tym" })
        {
            Assert.Null(await world.Get<IBlobStore>().StatAsync("artifacts", $"{run.Tenant}/runs/{run.RunId}/{file}", CancellationToken.None));
        }
    }
}
