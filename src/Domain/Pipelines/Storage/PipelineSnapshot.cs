using Trainyard.Domain.Documents;
using Trainyard.Domain.Pipelines.Runs;

namespace Trainyard.Domain.Pipelines.Storage;

/// <summary>A pipeline and one of its runs as they were read together.</summary>
/// <param name="StoredPipeline">Null when there is none.</param>
/// <param name="StoredRun">Null when there is none, or none was asked for.</param>
internal sealed record PipelineSnapshot(Stored<Pipeline>? StoredPipeline, Stored<PipelineRun>? StoredRun)
{
    public Pipeline? Pipeline => StoredPipeline?.Value;

    public PipelineRun? Run => StoredRun?.Value;
}
