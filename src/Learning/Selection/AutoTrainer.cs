using Trainyard.Learning.Data;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Selection;

/// <summary>Chooses learner and settings by cross-validation, then fits the winner on all rows.</summary>
public static class AutoTrainer
{
    /// <summary>Tries every candidate of <see cref="CandidateList"/>.</summary>
    /// <param name="rows">Training rows. Hold rows out first: the winner's cross-validated score is slightly too good to show.</param>
    /// <param name="target">What to predict.</param>
    /// <param name="metric">What to choose by; null for accuracy or RMSE.</param>
    /// <param name="options">Folds, seed, threads.</param>
    /// <param name="cancellationToken">Observed in every fit.</param>
    /// <exception cref="LearningException">The data cannot be used, or the metric does not fit the task.</exception>
    public static AutoResult Train(Table rows, TargetEncoding target, MetricInfo? metric, CrossValidationOptions options, CancellationToken cancellationToken)
    {
        MetricInfo by = metric ?? MetricCatalog.Default(target.Task);
        IReadOnlyList<Candidate> candidates = CandidateList.For(target.Task, rows.RowCount, rows.Columns.Count - 1, options.Monotone is { Count: > 0 });
        Leaderboard board = Leaderboard.Rank(by, [.. candidates.Select(candidate => CrossValidator.Score(rows, target, candidate, by, options, cancellationToken))]);
        Candidate best = board.Best.Candidate;
        TabularFit fit = new(rows, target, LearnerCatalog.Get(best.Learner))
        {
            Settings = best.ToSettings(),
            Monotone = options.Monotone,
            BalanceClasses = options.BalanceClasses,
            Standardize = options.Standardize,
            Options = new FitOptions(options.Seed) { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism },
        };
        return new AutoResult(TabularTrainer.Fit(fit, cancellationToken), board);
    }
}
