using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Splitting;

namespace Trainyard.Learning.Selection;

/// <summary>Successive halving: many candidates on few rows first, and the best of them on more and more rows.</summary>
/// <remarks>
/// Source: Jamieson and Talwalkar, Non-stochastic best arm identification and hyperparameter optimization, AISTATS 2016,
/// with rows as the resource; a third goes on, as in Hyperband (Li et al., JMLR 18, 2018). Every rung then costs about the same.
/// </remarks>
public static class Halving
{
    /// <summary>One of so many candidates goes on, to so many times the rows: 3, Hyperband's default.</summary>
    public const int Reduction = 3;

    /// <summary>Rows of a rung at least. Of fewer, noise decides rather than the candidates; small tables have one rung, of all rows.</summary>
    public const int MinimumRows = 500;

    /// <summary>Candidates of the last rung at least, so that there is something to combine.</summary>
    public const int MinimumFinalists = 3;

    /// <summary>Folds of all rungs but the last: enough to tell a third from the rest.</summary>
    public const int EarlyFolds = 3;

    /// <summary>Rows of the second largest class in a rung at least: three for each fold to score.</summary>
    public const int MinimumOfClass = 3 * EarlyFolds;

    /// <summary>The rungs for a number of candidates and rows.</summary>
    /// <param name="candidates">Candidates, at least 1.</param>
    /// <param name="rows">Training rows that have a target.</param>
    /// <param name="folds">Folds of the last rung.</param>
    /// <param name="ofClass">Rows of the second largest class, so that a rare one is there to be told apart; null for regression.</param>
    /// <returns>At least one; the last has all rows.</returns>
    public static IReadOnlyList<Rung> Schedule(int candidates, int rows, int folds, int? ofClass = null)
    {
        int before = 0;
        int share = Reduction;
        while (rows / share >= MinimumRows && (ofClass ?? int.MaxValue) / share >= MinimumOfClass && candidates / share >= MinimumFinalists)
        {
            before++;
            share *= Reduction;
        }

        List<Rung> rungs = [];
        int left = candidates;
        for (share /= Reduction; before >= 0; before--, share /= Reduction)
        {
            rungs.Add(new Rung(rungs.Count + 1, rows / share, left, before == 0 ? folds : Math.Min(folds, EarlyFolds)));
            left /= Reduction;
        }

        return rungs;
    }

    /// <summary>The rungs for candidates on a table.</summary>
    /// <param name="candidates">Candidates, at least 1.</param>
    /// <param name="rows">Training rows; those without a target do not count.</param>
    /// <param name="target">What is predicted. Without labels there is one rung: little tells candidates apart, and they are few.</param>
    /// <param name="folds">Folds of the last rung.</param>
    /// <param name="cancellationToken">Cancels the counting of classes.</param>
    public static IReadOnlyList<Rung> Schedule(int candidates, Table rows, TargetEncoding target, int folds, CancellationToken cancellationToken = default)
    {
        if (!target.Task.IsSupervised())
        {
            return [new Rung(1, rows.RowCount, candidates, folds)];
        }

        double[] labels = target.Encode(rows, cancellationToken).Labels;
        int[] bySize = target.Task == LearningTask.Classification ? [.. labels.CountBy(label => label).Select(each => each.Value).OrderDescending()] : [];
        return Schedule(candidates, labels.Length, folds, bySize.Length > 1 ? bySize[1] : null);
    }

    /// <summary>The rows of a rung. Those of an earlier rung are among them, and each class has its share.</summary>
    /// <param name="rows">All training rows, each with a target where the task has labels.</param>
    /// <param name="target">What is predicted.</param>
    /// <param name="count">How many; all when there are no more.</param>
    /// <param name="seed">Decides which.</param>
    /// <param name="cancellationToken">Cancels the choice and the copy.</param>
    public static Table Sample(Table rows, TargetEncoding target, int count, ulong seed, CancellationToken cancellationToken = default)
    {
        if (count >= rows.RowCount)
        {
            return rows;
        }

        int classes = target.Task == LearningTask.Classification ? target.Classes.Count : 0;
        int[] taken = Splitter.Order(target.Encode(rows, cancellationToken).Labels, classes, seed, cancellationToken)[..count];
        Array.Sort(taken);
        return rows.SelectRows(taken, cancellationToken);
    }
}
