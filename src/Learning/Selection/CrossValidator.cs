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
    public static CrossValidationResult Score(Table rows, TargetEncoding target, Candidate candidate, MetricInfo metric, CrossValidationOptions options, CancellationToken cancellationToken) =>
        Run(rows, target, candidate, metric, options, keepsOutputs: false, cancellationToken).Result;

    /// <summary>Scores one candidate, and keeps its predictions of the rows that have a target if that is asked for; only of tasks with labels.</summary>
    internal static CrossValidated Run(Table rows, TargetEncoding target, Candidate candidate, MetricInfo metric, CrossValidationOptions options, bool keepsOutputs, CancellationToken cancellationToken)
    {
        options.Validate();
        _ = MetricCatalog.Get(metric.Name, target.Task);
        ILearner learner = LearnerCatalog.Get(candidate.Learner);
        LearnerSettings settings = candidate.ToSettings();
        settings.Validate(learner.HyperParameters);
        EncodedTarget encoded = target.Encode(rows, cancellationToken);
        Table labelled = encoded.DroppedRows == 0 ? rows : rows.SelectRows(encoded.Rows, cancellationToken);
        IReadOnlyList<Fold> folds = Splitter.KFold(encoded.Labels, target.Classes.Count, Math.Min(options.Folds, labelled.RowCount), options.Seed);
        int width = Math.Max(target.Classes.Count, 1);
        double[] outputs = keepsOutputs ? new double[checked(labelled.RowCount * width)] : [];
        double?[] scores = new double?[folds.Count];
        TabularFit fit = new(labelled, target, learner)
        {
            Settings = settings,
            Options = new FitOptions(options.Seed) { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism },
            Monotone = options.Monotone,
            BalanceClasses = options.BalanceClasses,
            Standardize = options.Standardize,
        };
        FoldFits.Run(fit, folds, (fold, model, held, threads) =>
        {
            if (keepsOutputs)
            {
                FoldFits.Place(model.Predict(held, threads, cancellationToken), folds[fold].Validation, width, outputs);
            }

            // What is kept is predicted once more: a fit takes many times as long, and there is one way to evaluate a model.
            Evaluation evaluation = model.Evaluate(held, threads, cancellationToken);
            scores[fold] = evaluation.Metrics.TryGetValue(metric.Name, out double value) ? value : null;
            options.Progress?.Report(new FoldScore(candidate.Name, fold, folds.Count, scores[fold]));
        }, cancellationToken);
        return new CrossValidated(Summarize(candidate, metric, scores), outputs, folds);
    }

    /// <summary>Mean and deviation of the folds that define the metric.</summary>
    internal static CrossValidationResult Summarize(Candidate candidate, MetricInfo metric, IEnumerable<double?> ofFolds)
    {
        double[] scores = [.. ofFolds.OfType<double>()];
        if (scores.Length == 0)
        {
            throw new LearningException("metric_undefined", $"Metric '{metric.Name}' is undefined in every fold: no fold holds every class, or the target does not vary there. Use fewer folds, more rows or another metric.", "metric");
        }

        double mean = scores.Average();
        double deviation = Math.Sqrt(scores.Average(score => (score - mean) * (score - mean)));
        return new CrossValidationResult(candidate, metric.Name, mean, deviation, scores);
    }
}
