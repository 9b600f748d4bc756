using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Explanations;

/// <summary>Rows as features, made once, that are predicted again and again with some features taken from other rows.</summary>
internal sealed class ShuffledRows
{
    /// <summary>Rows predicted together, between two looks at the cancellation token.</summary>
    private const int RowsPerLook = 1024;

    private readonly TabularModel model;
    private readonly double[] labels;
    private readonly double[] values;
    private readonly int width;

    public ShuffledRows(TabularModel model, Table rows)
    {
        this.model = model;
        EncodedTarget truth = model.Target.Encode(rows);
        labels = truth.Labels;
        FeatureMatrix matrix = model.Plan.Transform(truth.DroppedRows == 0 ? rows : rows.SelectRows(truth.Rows));
        width = matrix.FeatureCount;
        values = new double[checked(matrix.RowCount * width)];
        for (int row = 0; row < matrix.RowCount; row++)
        {
            matrix.CopyRow(row, values.AsSpan(row * width, width));
        }
    }

    /// <summary>Rows that have a target.</summary>
    public int Count => labels.Length;

    /// <summary>The metric when <paramref name="shuffled"/> features come from the rows that <paramref name="order"/> names.</summary>
    public double Score(MetricInfo metric, int[] shuffled, int[] order, CancellationToken cancellationToken)
    {
        double[] outputs = new double[Count * model.OutputCount];
        double[] block = new double[Math.Min(RowsPerLook, Count) * width];
        for (int first = 0; first < Count; first += RowsPerLook)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int taken = Math.Min(RowsPerLook, Count - first);
            values.AsSpan(first * width, taken * width).CopyTo(block);
            foreach (int feature in shuffled)
            {
                for (int row = 0; row < taken; row++)
                {
                    block[(row * width) + feature] = values[(order[first + row] * width) + feature];
                }
            }

            model.PredictRows(block.AsSpan(0, taken * width), outputs.AsSpan(first * model.OutputCount, taken * model.OutputCount));
        }

        return Evaluator.Labelled(model.Task, labels, outputs, model.Classes).Value(metric.Name);
    }
}
