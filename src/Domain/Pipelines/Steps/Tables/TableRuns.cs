using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Learning;
using Trainyard.Learning.Models;

namespace Trainyard.Domain.Pipelines.Steps.Tables;

/// <summary>Runs that learn from rows, each by itself.</summary>
internal sealed class TableRuns : IRunKind
{
    /// <inheritdoc/>
    public void Check(PipelineSettings settings, InspectedDataset data) => MonotoneColumns.Check(settings.Monotone, data.Table.Schema, data.Target);

    /// <inheritdoc/>
    public string Describe(PipelineSettings settings, InspectedDataset data) => data.Task switch
    {
        LearningTask.Classification => $"Target '{data.Target.Column}': classification, {data.Target.Classes.Count} classes.",
        LearningTask.Regression => $"Target '{data.Target.Column}': regression.",
        _ => $"{(data.Target.HasColumn ? $"Labels '{data.Target.Column}', which are only evaluated by" : "No target")}: {data.Task.Word()}.",
    };

    /// <inheritdoc/>
    public RunWorkspace Open(PipelineRun run, InspectedDataset data) => TableWorkspace.Divide(run, data);
}
