using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Models;
using Trainyard.Learning.Splitting;

namespace Trainyard.Learning.Selection;

/// <summary>Scores a candidate by k-fold cross-validation; feature plan and model are fitted anew inside each fold.</summary>
/// <remarks>Source: Hastie, Tibshirani and Friedman, The elements of statistical learning, 2009, section 7.10. Deterministic at any thread count.</remarks>
public static class CrossValidator
{
    /// <summary>Scores one candidate.</summary>
    /// <param name="rows">Rows to divide; those without a target are left out.</param>
    /// <param name="target">What to predict.</param>
    /// <param name="candidate">Learner and settings.</param>
    /// <param name="metric">A metric of the target's task.</param>
    /// <param name="options">Folds, seed, threads.</param>
    /// <param name="cancellationToken">Observed in every fit.</param>
    /// <exception cref="LearningException">
    /// The learner, a setting or an option is unknown or out of range, the data cannot be used, or no fold defines the metric (<c>metric_undefined</c>).
    /// </exception>
    public static CrossValidationResult Score(Table rows, TargetEncoding target, Candidate candidate, MetricInfo metric, CrossValidationOptions options, CancellationToken cancellationToken)
    {
        options.Validate();
        _ = MetricCatalog.Get(metric.Name, target.Task);
        ILearner learner = LearnerCatalog.Get(candidate.Learner);
        LearnerSettings settings = candidate.ToSettings();
        settings.Validate(learner.HyperParameters);
        EncodedTarget encoded = target.Encode(rows);
        Table labelled = encoded.DroppedRows == 0 ? rows : rows.SelectRows(encoded.Rows);
        IReadOnlyList<Fold> folds = Splitter.KFold(encoded.Labels, target.Classes.Count, Math.Min(options.Folds, labelled.RowCount), options.Seed);
        double?[] scores = new double?[folds.Count];

        // Folds run side by side; only processors beyond their number are left for the fits themselves.
        int inner = Math.Max(1, options.MaxDegreeOfParallelism / folds.Count);
        FitOptions fitOptions = new(options.Seed) { MaxDegreeOfParallelism = inner };
        ParallelWork.For(folds.Count, options.MaxDegreeOfParallelism, cancellationToken, fold =>
        {
            TabularFit fit = new(labelled.SelectRows(folds[fold].Training), target, learner) { Settings = settings, Options = fitOptions, Monotone = options.Monotone, BalanceClasses = options.BalanceClasses, Standardize = options.Standardize, KeepsReference = false };
            Evaluation evaluation = TabularTrainer.Fit(fit, cancellationToken).Evaluate(labelled.SelectRows(folds[fold].Validation), inner, cancellationToken);
            scores[fold] = evaluation.Metrics.TryGetValue(metric.Name, out double value) ? value : null;
            options.Progress?.Report(new FoldScore(candidate.Name, fold, folds.Count, scores[fold]));
        });
        return Summarize(candidate, metric, [.. scores.OfType<double>()]);
    }

    private static CrossValidationResult Summarize(Candidate candidate, MetricInfo metric, double[] scores)
    {
        if (scores.Length == 0)
        {
            throw new LearningException("metric_undefined", $"Metric '{metric.Name}' is undefined in every fold: no fold holds every class, or the target does not vary there. Use fewer folds, more rows or another metric.", "metric");
        }

        double mean = scores.Average();
        double deviation = Math.Sqrt(scores.Average(score => (score - mean) * (score - mean)));
        return new CrossValidationResult(candidate, metric.Name, mean, deviation, scores);
    }
}
