using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Explanations;

/// <summary>How often trees split on one input column, and what that gained. Plain data.</summary>
/// <param name="Column">The column.</param>
/// <param name="Gain">The sum of what its splits improved the training fit by: half the fall of the loss, by second-order approximation, for boosting; half the fall of the weighted squared error or Gini impurity for other trees.</param>
/// <param name="GainShare"><paramref name="Gain"/> as a share of all columns'; 0 when there is no split.</param>
/// <param name="Splits">The number of splits.</param>
public sealed record SplitImportance(string Column, double Gain, double GainShare, int Splits)
{
    /// <summary>
    /// The importance of every column that the model reads, the greatest gain first; of equals the earlier column. It is
    /// measured on training rows and favours columns of many values: prefer <see cref="PermutationImportance"/> for a judgement.
    /// </summary>
    /// <remarks>Source: Breiman, Friedman, Olshen and Stone, Classification and regression trees, 1984, section 5.3.4.</remarks>
    /// <exception cref="LearningException"><c>explanation_unavailable</c>: the model has no trees, or its file is too old to tell gains.</exception>
    public static IReadOnlyList<SplitImportance> Of(TabularModel model)
    {
        if (model.Model is not TreeEnsembleModel { Trees: var trees } || trees.Statistics is not { } statistics)
        {
            throw new LearningException("explanation_unavailable", $"The splits of this '{model.Model.Learner}' model cannot be counted: it has no trees, or its file is of format version 1. Take permutation importance.");
        }

        ColumnFeatures columns = new(model);
        double[] gains = new double[model.Model.FeatureCount];
        double[] splits = new double[gains.Length];
        for (int node = 0; node < trees.NodeCount; node++)
        {
            gains[trees.Nodes[node].Feature] += statistics.Gains[node];
            splits[trees.Nodes[node].Feature]++;
        }

        double[] gainOfColumns = new double[columns.Columns.Length];
        double[] splitsOfColumns = new double[columns.Columns.Length];
        columns.Fold(gains, gainOfColumns);
        columns.Fold(splits, splitsOfColumns);
        double total = gainOfColumns.Sum();
        return [.. columns.Columns
            .Select((name, column) => new SplitImportance(name, gainOfColumns[column], total > 0 ? gainOfColumns[column] / total : 0, (int)splitsOfColumns[column]))
            .OrderByDescending(each => each.Gain)];
    }
}
