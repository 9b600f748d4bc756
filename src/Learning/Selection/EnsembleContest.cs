using Trainyard.Learning.Ensembles;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners;
using Trainyard.Learning.Learners.Ensembles;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Splitting;

namespace Trainyard.Learning.Selection;

/// <summary>Ensembles of the best finalists, made and scored from the predictions that cross-validation left.</summary>
/// <remarks>
/// An ensemble is scored as single candidates are: its weights come from the rows outside a fold, and the fold's rows judge
/// them. So its score may be held against theirs, and it pays for weights that fit chance.
/// </remarks>
internal sealed class EnsembleContest
{
    /// <summary>Finalists that may be members: those below have little to add.</summary>
    public const int MaximumMembers = 8;

    /// <summary>Rows that weights are chosen on at most; of more, the choice does not get better.</summary>
    public const int MaximumRows = 10_000;

    private readonly TargetEncoding target;
    private readonly MetricInfo metric;
    private readonly AutoOptions options;
    private readonly CancellationToken cancellationToken;
    private readonly double[] labels;
    private readonly int width;
    private readonly double[][] predictions;
    private readonly IReadOnlyList<Fold> folds;

    /// <param name="finalists">At least one, the best first, with their predictions.</param>
    /// <param name="target">What is predicted.</param>
    /// <param name="labels">One per training row.</param>
    /// <param name="metric">What to choose by.</param>
    /// <param name="options">Seed, threads, constraints.</param>
    /// <param name="cancellationToken">Observed throughout.</param>
    public EnsembleContest(IReadOnlyList<Contender> finalists, TargetEncoding target, double[] labels, MetricInfo metric, AutoOptions options, CancellationToken cancellationToken)
    {
        (this.target, this.labels, this.metric, this.options, this.cancellationToken) = (target, labels, metric, options, cancellationToken);
        Members = [.. finalists.Take(MaximumMembers)];
        width = Math.Max(target.Classes.Count, 1);
        predictions = [.. Members.Select(member => member.Scored!.Outputs)];
        folds = finalists[0].Scored!.Folds;
    }

    /// <summary>The finalists that take part, in the order of the combinations' weights.</summary>
    public IReadOnlyList<Contender> Members { get; }

    /// <summary>Every ensemble that could be made, with its score.</summary>
    public IEnumerable<ScoredEnsemble> Run()
    {
        List<EnsembleMethod> methods = [EnsembleMethod.Averaging];
        if (options.Scoring.Monotone is not { Count: > 0 })
        {
            methods.Add(EnsembleMethod.Stacking);
        }

        foreach (EnsembleMethod method in methods)
        {
            long start = options.Time.GetTimestamp();
            double?[] scores = [.. folds.Select(fold => Score(Fit(method, fold.Training), fold.Validation))];
            Combination combination = Fit(method, [.. Enumerable.Range(0, labels.Length)]);
            Candidate candidate = new(EnsembleNames.Of(method), EnsembleNames.Of(method), new Dictionary<string, double>(StringComparer.Ordinal));
            if (scores.Any(score => score is not null) && combination is not WeightedMean { IsOfOne: true })
            {
                yield return new ScoredEnsemble(method, combination, CrossValidator.Summarize(candidate, metric, scores), options.Time.GetElapsedTime(start));
            }
        }
    }

    private Combination Fit(EnsembleMethod method, int[] rows)
    {
        if (rows.Length > MaximumRows)
        {
            int classes = target.Task == LearningTask.Classification ? target.Classes.Count : 0;
            int[] order = Splitter.Order(Pick(labels, rows, 1), classes, options.Scoring.Seed);
            rows = [.. order.Take(MaximumRows).Select(index => rows[index]).Order()];
        }

        double[] truth = Pick(labels, rows, 1);
        double[][] seen = [.. predictions.Select(outputs => Pick(outputs, rows, width))];
        if (method == EnsembleMethod.Averaging)
        {
            int[] counts = GreedyWeights.Choose(seen, outputs => Judge(truth, outputs), metric, cancellationToken);
            return new WeightedMean(new MemberWeights([.. counts.Select(count => (double)count)]));
        }

        FitOptions fit = new(options.Scoring.Seed) { MaxDegreeOfParallelism = options.Scoring.MaxDegreeOfParallelism };
        return Stacker.Fit(seen, truth, target.Classes.Count, new StackingSettings(EnsembleFit.DefaultPenalty, options.Scoring.BalanceClasses), fit, cancellationToken);
    }

    private double? Score(Combination combination, int[] rows)
    {
        double[] outputs = new double[rows.Length * width];
        double[] side = new double[predictions.Length * width];
        for (int index = 0; index < rows.Length; index++)
        {
            for (int member = 0; member < predictions.Length; member++)
            {
                predictions[member].AsSpan(rows[index] * width, width).CopyTo(side.AsSpan(member * width));
            }

            combination.Combine(side, outputs.AsSpan(index * width, width));
        }

        return Judge(Pick(labels, rows, 1), outputs);
    }

    private double? Judge(double[] truth, double[] outputs) =>
        Evaluator.Labelled(target.Task, truth, outputs, target.Classes).Metrics.TryGetValue(metric.Name, out double value) ? value : null;

    private static double[] Pick(double[] values, int[] rows, int width)
    {
        double[] picked = new double[rows.Length * width];
        for (int index = 0; index < rows.Length; index++)
        {
            values.AsSpan(rows[index] * width, width).CopyTo(picked.AsSpan(index * width));
        }

        return picked;
    }
}
