using Trainyard.Learning;
using Trainyard.Learning.Data;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Models;

namespace Trainyard.Domain.Pipelines.Steps.Tables;

/// <summary>Shows a model at work on a few rows.</summary>
internal static class PredictedRows
{
    /// <summary>Columns shown of a row at most; of wider tables the first.</summary>
    public const int MaxColumns = 50;

    /// <summary>Predicts the first rows of a table that has the target, if there is one.</summary>
    public static IReadOnlyList<PredictedRow> Of(TabularModel model, Table rows)
    {
        Table shown = rows.SelectRows([.. Enumerable.Range(0, Math.Min(PredictedRow.Shown, rows.RowCount))]);
        double[] outputs = model.Predict(shown);
        Column? truth = model.Target.HasColumn ? shown[model.Target.Column] : null;
        return [.. Enumerable.Range(0, shown.RowCount).Select(row => Describe(model, shown, truth, row, outputs.AsSpan(row * model.OutputCount, model.OutputCount)))];
    }

    private static PredictedRow Describe(TabularModel model, Table rows, Column? truth, int row, ReadOnlySpan<double> output)
    {
        Dictionary<string, string?> inputs = rows.Columns
            .Where(column => column != truth)
            .Take(MaxColumns)
            .ToDictionary(column => column.Name, column => column.TextAt(row), StringComparer.Ordinal);
        string actual = truth?.TextAt(row) ?? "";
        if (!model.Task.PredictsLabels())
        {
            return new PredictedRow(inputs, actual, output[0].ToString("R"), null);
        }

        int best = Evaluator.MostProbable(output);
        return new PredictedRow(inputs, actual, model.Classes[best], output[best]);
    }
}
