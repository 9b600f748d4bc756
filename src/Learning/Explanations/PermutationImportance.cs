using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Data;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Models;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Explanations;

/// <summary>The worsening of a metric when one column's values are shuffled among the rows.</summary>
/// <remarks>
/// Sources: Breiman, Random forests, 2001, section 10; Fisher, Rudin and Dominici, All models are wrong, but many are
/// useful, JMLR 20, 2019. Use rows that the model has not seen. Columns that say the same share their importance.
/// Deterministic at any thread count: every column and repeat draws from a stream of its own.
/// </remarks>
public static class PermutationImportance
{
    /// <summary>The importance of every input column that the model reads, the most important first; of equals the earlier column. None for a model that has no labels to be right about.</summary>
    /// <exception cref="LearningException">The rows leave the metric undefined, the metric does not fit the task, or an option is out of range (<c>option_out_of_range</c>).</exception>
    public static IReadOnlyList<ColumnImportance> Measure(TabularModel model, Table rows, MetricInfo metric, PermutationOptions options, CancellationToken cancellationToken)
    {
        options.Validate();
        if (!model.Target.HasColumn)
        {
            return [];
        }

        DeterministicRandom random = new(options.Seed);
        ILookup<string, int> features = model.Plan.Features.Index().ToLookup(each => each.Item.Source, each => each.Index, StringComparer.Ordinal);
        string[] columns = [.. model.Inputs.Columns.Select(column => column.Name).Where(name => features.Contains(name) && rows.TryGet(name, out _))];
        ShuffledRows sample = new(model, Sample(rows, options.RowsFor(columns.Length, model.Plan.Features.Count), random));
        double baseline = sample.Score(metric, [], [], cancellationToken);
        ColumnImportance[] found = new ColumnImportance[columns.Length];
        ParallelWork.For(columns.Length, options.MaxDegreeOfParallelism, cancellationToken, column =>
        {
            double[] drops = new double[options.Repeats];
            DeterministicRandom own = random.Fork((ulong)column);
            int[] shuffled = [.. features[columns[column]]];
            for (int repeat = 0; repeat < drops.Length; repeat++)
            {
                int[] order = [.. Enumerable.Range(0, sample.Count)];
                own.Fork((ulong)repeat).Shuffle(order);
                drops[repeat] = metric.Drop(baseline, sample.Score(metric, shuffled, order, cancellationToken));
            }

            found[column] = Summarize(columns[column], drops);
        });
        return [.. found.OrderByDescending(each => each.Importance)];
    }

    private static ColumnImportance Summarize(string column, double[] drops)
    {
        double mean = drops.Average();
        return new ColumnImportance(column, mean, Math.Sqrt(drops.Average(drop => (drop - mean) * (drop - mean))));
    }

    private static Table Sample(Table rows, int maximumRows, DeterministicRandom random)
    {
        if (rows.RowCount <= maximumRows)
        {
            return rows;
        }

        int[] order = [.. Enumerable.Range(0, rows.RowCount)];
        random.Shuffle(order);
        Array.Sort(order, 0, maximumRows);
        return rows.SelectRows(order.AsSpan(0, maximumRows));
    }
}
