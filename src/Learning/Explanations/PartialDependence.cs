using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Explanations;

/// <summary>How predictions move with one column, averaged over rows that keep all their other values.</summary>
/// <remarks>
/// Source: Friedman, Greedy function approximation: a gradient boosting machine, Annals of Statistics 29, 2001, section 8.2.
/// Where columns depend on each other it averages over rows that do not occur.
/// </remarks>
public static class PartialDependence
{
    /// <summary>The curve of one column: numbers and dates ascending, categories by frequency.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="rows">Rows to average over, which also give the values to look at; at least one with a value.</param>
    /// <param name="column">A column that the model reads, not of free text.</param>
    /// <param name="options">How finely.</param>
    /// <param name="cancellationToken">Observed at every row of every value.</param>
    /// <exception cref="LearningException">
    /// <c>column_missing</c>, <c>column_unread</c>, <c>column_all_missing</c> or <c>column_is_text</c>, with the column; or <c>option_out_of_range</c>.
    /// </exception>
    public static IReadOnlyList<PartialDependencePoint> Measure(TabularModel model, Table rows, string column, PartialDependenceOptions options, CancellationToken cancellationToken)
    {
        options.Validate();
        int[] features = FeaturesOf(model, column);
        Column values = rows[column];
        if (values.Type == ColumnType.Text)
        {
            throw new LearningException("column_is_text", $"Column '{column}' holds free text, which has no values to compare.", column);
        }

        int[] chosen = GridValues.Choose(values, options.MaximumPoints);
        if (chosen.Length == 0)
        {
            throw new LearningException("column_all_missing", $"Column '{column}' has no value in these rows.", column);
        }

        FeatureMatrix points = model.Plan.Transform(rows.SelectRows(chosen));
        FeatureMatrix averaged = model.Plan.Transform(rows.SelectRows(Spread(rows.RowCount, options.MaximumRows)));
        PartialDependencePoint[] curve = new PartialDependencePoint[chosen.Length];
        ParallelWork.For(chosen.Length, options.MaxDegreeOfParallelism, cancellationToken, point =>
            curve[point] = new PartialDependencePoint(values.TextAt(chosen[point]), Average(model, averaged, features, points, point, cancellationToken)));
        return curve;
    }

    private static double[] Average(TabularModel model, FeatureMatrix rows, int[] features, FeatureMatrix points, int point, CancellationToken cancellationToken)
    {
        double[] row = new double[rows.FeatureCount];
        double[] output = new double[model.OutputCount];
        double[] sums = new double[model.OutputCount];
        for (int index = 0; index < rows.RowCount; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows.CopyRow(index, row);
            foreach (int feature in features)
            {
                row[feature] = points.Column(feature)[point];
            }

            model.Predict(row, output);
            for (int each = 0; each < output.Length; each++)
            {
                sums[each] += output[each];
            }
        }

        return Array.ConvertAll(sums, sum => sum / rows.RowCount);
    }

    private static int[] FeaturesOf(TabularModel model, string column)
    {
        ColumnFeatures columns = new(model);
        int index = Array.IndexOf(columns.Columns, column);
        return index >= 0
            ? columns.Features[index]
            : throw new LearningException("column_unread", $"The model does not read a column '{column}'; it reads {string.Join(", ", columns.Columns)}.", column);
    }

    private static int[] Spread(int count, int most) =>
        count <= most ? [.. Enumerable.Range(0, count)] : [.. Enumerable.Range(0, most).Select(index => (int)((long)index * count / most))];
}
