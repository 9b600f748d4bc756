using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>The loop of boosting: derive, grow one tree per score, step, look at the validation rows.</summary>
internal sealed class BoostingRounds
{
    private readonly BoostingSettings settings;
    private readonly BoostedRows training;
    private readonly BoostedRows? validation;
    private readonly ParallelOptions parallel;
    private readonly Targets[] targets;
    private readonly TreeGrower[] growers;

    public BoostingRounds(BoostingSettings settings, IObjective objective, BoostedRows training, BoostedRows? validation, ParallelOptions parallel)
    {
        this.settings = settings;
        this.training = training;
        this.validation = validation;
        this.parallel = parallel;
        targets = [.. Enumerable.Range(0, objective.ScoreCount).Select(_ => new Targets(1, new double[training.Count], new double[training.Count]))];

        // Several classes grow side by side; a single tree spreads over its features instead.
        ParallelOptions inner = targets.Length > 1 ? new ParallelOptions { MaxDegreeOfParallelism = 1 } : parallel;
        growers = [.. targets.Select(_ => new TreeGrower(training.Binned, 1, settings.Growth, inner, TreeGrower.HistogramBudget / targets.Length))];
    }

    public TreeEnsemble Run(double[] baseline, FitOptions options, CancellationToken cancellationToken)
    {
        training.Start(baseline);
        validation?.Start(baseline);
        double best = validation?.MeanLoss() ?? 0;
        int bestRounds = 0;
        List<GrownTree[]> rounds = [];
        DeterministicRandom random = new(options.Seed);
        for (int round = 0; round < settings.Iterations; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double trainingLoss = training.Derive(targets);
            rounds.Add(GrowRound(random.Fork((ulong)round)));
            double? validationLoss = validation?.MeanLoss();
            options.Progress?.Report(new FitProgress(round + 1, settings.Iterations, trainingLoss, validationLoss));
            if (validationLoss is null || validationLoss < best)
            {
                best = validationLoss ?? best;
                bestRounds = rounds.Count;
            }
            else if (rounds.Count - bestRounds >= settings.Patience)
            {
                break;
            }
        }

        return Build(rounds.Take(bestRounds));
    }

    private GrownTree[] GrowRound(DeterministicRandom random)
    {
        int[] rows = Draw(training.Count, settings.RowFraction, random);
        GrownTree[] trees = new GrownTree[targets.Length];
        Parallel.For(0, trees.Length, parallel, score =>
        {
            DeterministicRandom own = random.Fork((ulong)score);
            int[] features = Draw(training.Binned.FeatureCount, settings.FeatureFraction, own);
            GrownTree tree = growers[score].Grow([.. rows], features, targets[score], own);
            tree.Scale(settings.LearningRate);
            training.Add(tree, score);
            validation?.Add(tree, score);
            trees[score] = tree;
        });
        return trees;
    }

    private TreeEnsemble Build(IEnumerable<GrownTree[]> rounds)
    {
        TreeEnsembleBuilder builder = new(1);
        foreach (GrownTree[] trees in rounds)
        {
            for (int score = 0; score < trees.Length; score++)
            {
                builder.Add(trees[score], training.Binned.Features, score);
            }
        }

        return builder.Build();
    }

    /// <summary>A share of the numbers below <paramref name="count"/>, at least one, in ascending order.</summary>
    private static int[] Draw(int count, double fraction, DeterministicRandom random)
    {
        int[] drawn = [.. Enumerable.Range(0, count)];
        if (fraction >= 1 || count == 0)
        {
            return drawn;
        }

        random.Shuffle(drawn);
        drawn = drawn[..Math.Max(1, (int)Math.Round(fraction * count))];
        Array.Sort(drawn);
        return drawn;
    }
}
