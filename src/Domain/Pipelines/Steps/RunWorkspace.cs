using Trainyard.Domain.Pipelines.Runs;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Splitting;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>A run's rows by what they are for. Data, target and seed decide it, so that every step of a run finds the same.</summary>
/// <param name="Run">The run.</param>
/// <param name="Target">What is predicted.</param>
/// <param name="Training">Rows that candidates are fitted and compared on.</param>
/// <param name="Fitting">Training and validation rows: what the chosen candidate is fitted on.</param>
/// <param name="Test">Rows that no fitting or choosing step sees.</param>
/// <param name="DroppedRows">Rows without a target.</param>
public sealed record RunWorkspace(PipelineRun Run, TargetEncoding Target, Table Training, Table Fitting, Table Test, int DroppedRows)
{
    /// <summary>Divides the rows of a dataset.</summary>
    public static RunWorkspace Divide(PipelineRun run, InspectedDataset data)
    {
        EncodedTarget target = data.Target.Encode(data.Table);
        RowSplit split = Splitter.Split(target.Labels, data.Target.Classes.Count, SplitFractions.Default, (ulong)run.Settings.Seed);
        int[] fitting = [.. split.Training, .. split.Validation];
        Array.Sort(fitting);
        return new RunWorkspace(run, data.Target, Select(split.Training), Select(fitting), Select(split.Test), target.DroppedRows);

        Table Select(int[] rows) => data.Table.SelectRows([.. rows.Select(row => target.Rows[row])]);
    }
}
