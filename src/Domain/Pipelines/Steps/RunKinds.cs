using Trainyard.Domain.Pipelines.Steps.Tables;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>The kinds of runs: the one place that chooses between them.</summary>
internal static class RunKinds
{
    private static readonly TableRuns Tables = new();

    /// <summary>What a pipeline of these settings runs.</summary>
    public static IRunKind Of(PipelineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Tables;
    }
}
