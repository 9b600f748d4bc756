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
            double[] features = new double[wanted.FeatureCount];
            wanted.CopyRow(row, features);
            Place place = new(bases.AsMemory(row * model.OutputCount, model.OutputCount), values.AsMemory(row * width, width), errors.AsMemory(row * width, width));
            Sample(new ColumnWalk(model, columns, features, usual), random.Fork((ulong)row), options.Pairs, place, cancellationToken);
        });
        return Found(model, columns, wanted.RowCount, bases, values, errors);
    }

    /// <summary>Explains one row of features as the first of a table is.</summary>
    internal static Contributions Explain(
        TabularModel model, ColumnFeatures columns, ReadOnlySpan<double> row, FeatureMatrix usual, SamplingOptions options, CancellationToken cancellationToken)
    {
        double[] bases = new double[model.OutputCount];
        double[] values = new double[model.OutputCount * columns.Columns.Length];
        double[] errors = new double[values.Length];
        Sample(new ColumnWalk(model, columns, row.ToArray(), usual), new DeterministicRandom(options.Seed).Fork(0), options.Pairs, new Place(bases, values, errors), cancellationToken);
        return Found(model, columns, 1, bases, values, errors);
    }

    private static void Sample(ColumnWalk walk, DeterministicRandom random, int pairs, Place place, CancellationToken cancellationToken)
    {
        Span<double> bases = place.Bases.Span;
        SampleMean mean = new(place.Values.Length);
        for (int pair = 0; pair < pairs; pair++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            walk.Go(random.Fork((ulong)pair), bases);
            mean.Add(walk.Contributions);
        }

        foreach (ref double value in bases)
        {
            value /= pairs;
        }

        mean.Write(place.Values.Span, place.Errors.Span);
    }

    private static Contributions Found(TabularModel model, ColumnFeatures columns, int rows, double[] bases, double[] values, double[] errors)
    {
        ContributionScale scale = model.Task.PredictsLabels() ? ContributionScale.Probability : ContributionScale.Value;
        return new Contributions("permutation_sampling", scale, columns.Columns, model.OutputCount, rows, bases, values) { StandardErrors = errors };
    }

    /// <summary>Where one row's results go.</summary>
    private readonly record struct Place(Memory<double> Bases, Memory<double> Values, Memory<double> Errors);
}
