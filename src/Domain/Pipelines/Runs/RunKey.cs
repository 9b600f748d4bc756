namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>Names one run; small enough to be the input of every activity.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="PipelineId">The pipeline.</param>
/// <param name="RunId">The run.</param>
public sealed record RunKey(string Tenant, string PipelineId, string RunId)
{
    /// <summary>The id of the run's orchestration. Run ids hold a hash of the pipeline or of a unique id, so no tenant is needed.</summary>
    public string InstanceId => $"run-{RunId}";
}
