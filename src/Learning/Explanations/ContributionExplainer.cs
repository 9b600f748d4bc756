using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Anomalies;
using Trainyard.Learning.Learners.Linear;
using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Explanations;

/// <summary>Exact Shapley values of trees and linear models, by input column. Immutable and thread safe; make it once per model.</summary>
/// <remarks>
/// Columns share out the model's score (see <see cref="ContributionScale"/>), not its probability. What a plan makes of
/// one column (one-hot features, date parts, the marks of missing values) is summed, which keeps the total.
/// </remarks>
public sealed class ContributionExplainer
{
    /// <summary>Rows explained together, so that a tree is fetched from memory once for all of them.</summary>
    private const int RowsPerBlock = 64;

    private readonly TabularModel model;
    private readonly IAttribution attribution;
    private readonly ColumnFeatures columns;

    private ContributionExplainer(TabularModel model, IAttribution attribution)
    {
        this.model = model;
        this.attribution = attribution;
        columns = new ColumnFeatures(model);
    }

    /// <summary>Whether there are exact values for a model of this kind; for others there is <see cref="SampledContributions"/>.</summary>
    public static bool CanExplain(TabularModel model) => model.Model is LinearModel or TreeEnsembleModel { Trees.Statistics: not null } or IsolationForestModel { Trees.Statistics: not null };

    /// <summary>Prepares to explain a model.</summary>
    /// <param name="model">Trees or a linear model.</param>
    /// <param name="background">
    /// Rows that say what is usual, at least one; the training rows, or a part of them. Linear models compare with their
    /// means. Trees bring their own knowledge of the training rows and ignore it.
    /// </param>
    /// <exception cref="LearningException">
    /// <c>explanation_unavailable</c>: the model is of another kind, or its file too old; <c>no_rows</c>: a linear model was given no background.
    /// </exception>
    public static ContributionExplainer Of(TabularModel model, Table? background = null) => Of(model, () => MeansOf(model, background));

    /// <summary>As <see cref="Of(TabularModel, Table?)"/>, with the means of the features that a linear model compares with.</summary>
    internal static ContributionExplainer Of(TabularModel model, Func<double[]> means) => new(model, model.Model switch
    {
        TreeEnsembleModel trees => new TreeAttribution(trees),
        IsolationForestModel forest => new TreeAttribution(forest),
        LinearModel linear => new LinearAttribution(linear, means()),
        _ => throw new LearningException("explanation_unavailable", $"There is no exact explanation of '{model.Model.Learner}' models; take permutation sampling."),
    });

    /// <summary>Multiplications that one row takes, roughly.</summary>
    internal long WorkPerRow => attribution.WorkPerRow;

    /// <summary>Explains one row of features.</summary>
    internal Contributions Explain(ReadOnlySpan<double> features, CancellationToken cancellationToken)
    {
        int scores = attribution.Bases.Length;
        double[] found = new double[scores * features.Length];
        attribution.Explain(features, 1, found, cancellationToken);
        double[] values = new double[scores * columns.Columns.Length];
        for (int score = 0; score < scores; score++)
        {
            columns.Fold(found.AsSpan(score * features.Length, features.Length), values.AsSpan(score * columns.Columns.Length, columns.Columns.Length));
        }

        return new Contributions(attribution.Method, attribution.Scale, columns.Columns, scores, 1, attribution.Bases.ToArray(), values);
    }

    /// <summary>Explains every row of a table; a target column is ignored.</summary>
    /// <param name="rows">Columns are found by name; a missing one is missing in every row.</param>
    /// <param name="maximumThreads">Threads at most; the result is the same for any.</param>
    /// <param name="cancellationToken">Observed at every row.</param>
    /// <exception cref="LearningException">A value does not fit its column; the field names it.</exception>
    public Contributions Explain(Table rows, int maximumThreads = 1, CancellationToken cancellationToken = default)
    {
        FeatureMatrix matrix = model.Plan.Transform(rows, cancellationToken);
        int scores = attribution.Bases.Length;
        double[] values = new double[checked(matrix.RowCount * scores * columns.Columns.Length)];
        int blocks = (matrix.RowCount + RowsPerBlock - 1) / RowsPerBlock;
        ParallelWork.For(blocks, maximumThreads, cancellationToken, block =>
        {
            int first = block * RowsPerBlock;
            ExplainBlock(matrix, first, Math.Min(RowsPerBlock, matrix.RowCount - first), values, cancellationToken);
        });
        return new Contributions(attribution.Method, attribution.Scale, columns.Columns, scores, matrix.RowCount, attribution.Bases.ToArray(), values);
    }

    private void ExplainBlock(FeatureMatrix matrix, int first, int count, double[] values, CancellationToken cancellationToken)
    {
        int width = matrix.FeatureCount;
        double[] features = new double[count * width];
        for (int row = 0; row < count; row++)
        {
            matrix.CopyRow(first + row, features.AsSpan(row * width, width));
        }

        int scores = attribution.Bases.Length;
        double[] found = new double[count * scores * width];
        attribution.Explain(features, count, found, cancellationToken);
        int perScore = columns.Columns.Length;
        for (int score = 0; score < count * scores; score++)
        {
            columns.Fold(found.AsSpan(score * width, width), values.AsSpan(((first * scores) + score) * perScore, perScore));
        }
    }

    /// <summary>Of each feature over background rows; a missing value counts as 0, as in predicting.</summary>
    internal static double[] MeansOf(TabularModel model, Table? background)
    {
        if (background is null || background.RowCount == 0)
        {
            throw new LearningException("no_rows", "A linear model is explained against background rows; there are none.");
        }

        FeatureMatrix matrix = model.Plan.Transform(background);
        double[] means = new double[matrix.FeatureCount];
        for (int feature = 0; feature < means.Length; feature++)
        {
            foreach (double value in matrix.Column(feature))
            {
                means[feature] += double.IsNaN(value) ? 0 : value / matrix.RowCount;
            }
        }

        return means;
    }
}
