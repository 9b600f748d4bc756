using Trainyard.Learning.Data;
using Trainyard.Learning.Ensembles;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Ensembles;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Models;

namespace Trainyard.Learning.Selection;

/// <summary>Chooses learner and settings by successive halving and cross-validation, then fits the winner on all rows.</summary>
/// <remarks>The same data, options and seed give the same model and, but for times, the same leaderboard, at any thread count, as long as no time budget ends the search.</remarks>
public static class AutoTrainer
{
    /// <summary>Searches for at most as long as the options say, and always returns a model: in the worst case the simplest.</summary>
    /// <param name="rows">Training rows. Hold rows out first: the winner's cross-validated score is slightly too good to show.</param>
    /// <param name="target">What to predict.</param>
    /// <param name="metric">What to choose by; null for accuracy or RMSE.</param>
    /// <param name="options">Time budget, candidates, folds, seed, threads.</param>
    /// <param name="cancellationToken">Observed in every fit.</param>
    /// <exception cref="LearningException">No candidate can use the data, the metric does not fit the task, or an option is out of range.</exception>
    public static AutoResult Train(Table rows, TargetEncoding target, MetricInfo? metric, AutoOptions options, CancellationToken cancellationToken)
    {
        options.Validate();
        MetricInfo by = metric ?? MetricCatalog.Default(target.Task);
        _ = MetricCatalog.Get(by.Name, target.Task);
        EncodedTarget encoded = target.Encode(rows, cancellationToken);
        Table used = !target.Task.IsSupervised() || encoded.DroppedRows == 0 ? rows : rows.SelectRows(encoded.Rows, cancellationToken);
        SuccessiveHalving race = new(used, target, by, options.Candidates ?? Candidates(used, target, options), options);
        using Deadline deadline = new(options, cancellationToken);
        race.Run(deadline, cancellationToken);

        Leaderboard singles = Leaderboard.Rank(by, race.Contenders.Select(contender => contender.ToEntry()));
        EnsembleContest? contest = race.Finalists is { Count: > 1 } finalists && finalists[0].Scored is { Outputs.Length: > 0 } && !deadline.IsOver
            ? new EnsembleContest(finalists, target, encoded.Labels, by, options, deadline.Token)
            : null;
        ScoredEnsemble[] ensembles = contest is null ? [] : Ensembles(contest, deadline, cancellationToken);
        ScoredEnsemble? best = ensembles.OrderBy(ensemble => Leaderboard.Loss(by, ensemble.Result.Mean)).FirstOrDefault();
        bool isBetter = best is not null && by.IsBetter(best.Result.Mean, singles.Best.Score!.Value);
        TabularModel model = isBetter
            ? Fit(used, target, contest!, best!, options, cancellationToken)
            : Fit(used, target, singles.Best.Candidate, options, cancellationToken);

        // Single candidates are listed first, so that of equal scores they lead.
        IEnumerable<LeaderboardEntry> entries = race.Contenders.Select(contender => contender.ToEntry()).Concat(ensembles.Select(ensemble => Entry(ensemble, contest!, race.Finalists[0])));
        return new AutoResult(model, Leaderboard.Rank(by, entries));
    }

    private static IReadOnlyList<Candidate> Candidates(Table rows, TargetEncoding target, AutoOptions options) =>
        SearchSpace.For(target.Task, rows.RowCount, rows.Columns.Count - (target.HasColumn ? 1 : 0), options.Scoring.Seed, options.Scoring.Monotone is { Count: > 0 });

    // What the time budget cuts short does not compete.
    private static ScoredEnsemble[] Ensembles(EnsembleContest contest, Deadline deadline, CancellationToken cancellationToken)
    {
        List<ScoredEnsemble> found = [];
        try
        {
            found.AddRange(contest.Run());
        }
        catch (OperationCanceledException) when (deadline.IsOver && !cancellationToken.IsCancellationRequested)
        {
            return [];
        }

        return [.. found];
    }

    private static TabularModel Fit(Table rows, TargetEncoding target, Candidate best, AutoOptions options, CancellationToken cancellationToken)
    {
        TabularFit fit = new(rows, target, LearnerCatalog.Get(best.Learner))
        {
            Settings = best.ToSettings(),
            Monotone = options.Scoring.Monotone,
            BalanceClasses = options.Scoring.BalanceClasses,
            Standardize = options.Scoring.Standardize,
            Options = new FitOptions(options.Scoring.Seed) { MaxDegreeOfParallelism = options.Scoring.MaxDegreeOfParallelism },
        };
        return TabularTrainer.Fit(fit, cancellationToken);
    }

    private static TabularModel Fit(Table rows, TargetEncoding target, EnsembleContest contest, ScoredEnsemble ensemble, AutoOptions options, CancellationToken cancellationToken)
    {
        // Members without weight would only cost time.
        double?[] weights = Weights(ensemble, contest);
        int[] kept = [.. Enumerable.Range(0, weights.Length).Where(member => weights[member] != 0)];
        MemberFit[] members = [.. kept.Select(member => new MemberFit(LearnerCatalog.Get(contest.Members[member].Candidate.Learner))
        {
            Settings = contest.Members[member].Candidate.ToSettings(),
            Weight = weights[member] ?? 1,
        })];
        Combination combination = ensemble.Combination is WeightedMean
            ? new WeightedMean(new MemberWeights([.. members.Select(member => member.Weight)]))
            : ensemble.Combination;
        EnsembleFit fit = new(rows, target, ensemble.Method, members)
        {
            Folds = options.Scoring.Folds,
            Options = new FitOptions(options.Scoring.Seed) { MaxDegreeOfParallelism = options.Scoring.MaxDegreeOfParallelism },
            Monotone = options.Scoring.Monotone,
            BalanceClasses = options.Scoring.BalanceClasses,
            Standardize = options.Scoring.Standardize,
        };
        return EnsembleTrainer.Fit(fit, combination, cancellationToken);
    }

    private static LeaderboardEntry Entry(ScoredEnsemble ensemble, EnsembleContest contest, Contender finalist)
    {
        double?[] weights = Weights(ensemble, contest);
        Dictionary<string, double?> members = contest.Members.Select((member, index) => (member.Candidate.Name, Weight: weights[index]))
            .Where(member => member.Weight != 0)
            .ToDictionary(member => member.Name, member => member.Weight, StringComparer.Ordinal);
        return new LeaderboardEntry(ensemble.Result.Candidate, ensemble.Result.Mean, ensemble.Result.StandardDeviation, finalist.Rung, finalist.Rows, ensemble.Time, CandidateExit.Finished) { Members = members };
    }

    private static double?[] Weights(ScoredEnsemble ensemble, EnsembleContest contest) => ensemble.Combination is WeightedMean mean
        ? [.. mean.Weights.ToArray().Select(weight => (double?)weight)]
        : new double?[contest.Members.Count];
}
