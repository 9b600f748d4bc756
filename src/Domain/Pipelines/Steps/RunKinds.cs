using Trainyard.Domain.Pipelines.Steps.Series;
using Trainyard.Domain.Pipelines.Steps.Tables;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>The kinds of runs: the one place that chooses between them.</summary>
internal static class RunKinds
{
    private static readonly TableRuns Tables = new();
    private static readonly SeriesRuns Series = new();

    /// <summary>What a pipeline of these settings runs.</summary>
    public static IRunKind Of(PipelineSettings settings) => settings.Forecast is null ? Tables : Series;
}
