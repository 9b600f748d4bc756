using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Models;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Explanations;

/// <summary>Shapley values of any model by sampling, with their standard errors.</summary>
/// <remarks>
/// Source: Štrumbelj and Kononenko, Explaining prediction models and individual predictions with feature contributions,
/// Knowledge and Information Systems 41, 2014; each order is also taken backwards (antithetic: Mitchell et al., Sampling
/// permutations for Shapley value estimation, JMLR 23, 2022). Columns, not features, are the players; what is not known
/// of a row comes from a background row. The outputs as predicted (probabilities, numbers) are shared out, and base and
/// contributions add up to them but for rounding. Deterministic at any thread count.
/// </remarks>
public static class SampledContributions
{
    /// <summary>Explains every row of a table. Costs 2 × pairs × (columns + 1) predictions per row.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="rows">Columns are found by name; a missing one is missing in every row.</param>
    /// <param name="background">Rows that say what is usual, at least one: the training rows, or a part of them.</param>
    /// <param name="options">Seed, effort, threads.</param>
    /// <param name="cancellationToken">Observed at every pair of walks.</param>
    /// <exception cref="LearningException"><c>no_rows</c>: the background is empty; <c>option_out_of_range</c>; or a value does not fit its column.</exception>
    public static Contributions Explain(TabularModel model, Table rows, Table background, SamplingOptions options, CancellationToken cancellationToken)
    {
        options.Validate();
        if (background.RowCount == 0)
        {
            throw new LearningException("no_rows", "Contributions are sampled against background rows; there are none.");
        }

        ColumnFeatures columns = new(model);
        FeatureMatrix wanted = model.Plan.Transform(rows, cancellationToken);
        FeatureMatrix usual = model.Plan.Transform(background, cancellationToken);
        int width = model.OutputCount * columns.Columns.Length;
        double[] bases = new double[wanted.RowCount * model.OutputCount];
        double[] values = new double[checked(wanted.RowCount * width)];
        double[] errors = new double[values.Length];
        DeterministicRandom random = new(options.Seed);
        ParallelWork.For(wanted.RowCount, options.MaxDegreeOfParallelism, cancellationToken, row =>
        {
            ColumnWalk walk = new(model, columns, wanted, row, usual);
            SampleMean mean = new(width);
            for (int pair = 0; pair < options.Pairs; pair++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                walk.Go(random.Fork((ulong)row).Fork((ulong)pair), bases.AsSpan(row * model.OutputCount, model.OutputCount));
                mean.Add(walk.Contributions);
            }

            foreach (ref double value in bases.AsSpan(row * model.OutputCount, model.OutputCount))
            {
                value /= options.Pairs;
            }

            mean.Write(values.AsSpan(row * width, width), errors.AsSpan(row * width, width));
        });
        ContributionScale scale = model.Task.PredictsLabels() ? ContributionScale.Probability : ContributionScale.Value;
        return new Contributions("permutation_sampling", scale, columns.Columns, model.OutputCount, wanted.RowCount, bases, values) { StandardErrors = errors };
    }
}
