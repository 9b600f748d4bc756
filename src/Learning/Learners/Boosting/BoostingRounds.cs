using System.Runtime.CompilerServices;
using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>The loop of boosting: derive, grow one tree per score, step, look at the validation rows.</summary>
internal sealed class BoostingRounds
{
    /// <summary>Bytes that the histograms of one fit may take: 256 MiB.</summary>
    private const long HistogramBudget = 256L << 20;

    private readonly BoostingSettings settings;
    private readonly BoostedRows training;
    private readonly BoostedRows? validation;
    private readonly Workers workers;
    private readonly GradientPairs[] pairs;
    private readonly BoostedTreeGrower[] growers;
    private readonly int[][] samples;

    public BoostingRounds(BoostingSettings settings, Growth growth, BoostedRows training, BoostedRows? validation, Workers workers)
    {
        this.settings = settings;
        this.training = training;
        this.validation = validation;
        this.workers = workers;
        pairs = PerScore(_ => new GradientPairs(training.Count));

        // Several classes grow side by side; a single tree spreads over threads instead.
        Workers inner = pairs.Length > 1 ? new Workers(new ParallelOptions { MaxDegreeOfParallelism = 1, CancellationToken = workers.Parallel.CancellationToken }) : workers;
        growers = PerScore(_ => new BoostedTreeGrower(training.Bins, growth, inner, HistogramBudget / pairs.Length));
        samples = PerScore(_ => new int[Share(training.Count, settings.RowFraction)]);
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
            double? trainingLoss = training.Derive(pairs, options.Progress is not null);
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

        return Build(rounds.Take(bestRounds), cancellationToken);
    }

    private GrownTree[] GrowRound(DeterministicRandom random)
    {
        Draw(samples[0], training.Count, random);
        for (int score = 1; score < samples.Length; score++)
        {
            workers.Parallel.CancellationToken.ThrowIfCancellationRequested();
            samples[0].CopyTo(samples[score], 0);
        }

        GrownTree[] trees = new GrownTree[pairs.Length];
        workers.Run(trees.Length, score =>
        {
            DeterministicRandom own = random.Fork((ulong)score);
            int[] features = new int[FeaturesOf(training.Bins.Features.Length, settings.FeatureFraction)];
            Draw(features, training.Bins.Features.Length, own);
            BoostedTree grown = growers[score].Grow(samples[score], features, pairs[score]);
            training.Renew(grown);
            grown.Tree.Scale(settings.LearningRate);
            if (samples[score].Length == training.Count)
            {
                training.AddOwn(grown, score);
            }
            else
            {
                training.Add(grown.Tree, score);
            }

            validation?.Add(grown.Tree, score);
            trees[score] = grown.Tree;
        });
        return trees;
    }

    /// <summary>One of something large for each score: of thousands of classes they take seconds to make.</summary>
    private T[] PerScore<T>(Func<int, T> make)
    {
        T[] made = new T[training.ScoreCount];
        for (int score = 0; score < made.Length; score++)
        {
            workers.Parallel.CancellationToken.ThrowIfCancellationRequested();
            made[score] = make(score);
        }

        return made;
    }

    private TreeEnsemble Build(IEnumerable<GrownTree[]> rounds, CancellationToken cancellationToken)
    {
        TreeEnsembleBuilder builder = new(1);
        foreach (GrownTree[] trees in rounds)
        {
            for (int score = 0; score < trees.Length; score++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                builder.Add(trees[score], training.Bins.Features, score);
            }
        }

        return builder.Build();
    }

    /// <summary>A share of a number, at least one of it when there is any.</summary>
    private static int Share(int count, double fraction) => Math.Min(count, Math.Max(1, (int)Math.Round(fraction * count)));

    /// <summary>Whole features only, as XGBoost counts: in single precision, so that 0.29 of 100 are 29.</summary>
    private static int FeaturesOf(int count, double fraction) => Math.Min(count, Math.Max(1, (int)(float)(fraction * count)));

    /// <summary>Fills <paramref name="drawn"/> with numbers below <paramref name="count"/>, in ascending order; all of them when it has room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Draw(int[] drawn, int count, DeterministicRandom random)
    {
        if (drawn.Length < count)
        {
            int[] all = [.. Enumerable.Range(0, count)];
            random.Shuffle(all);
            all.AsSpan(0, drawn.Length).CopyTo(drawn);
            Array.Sort(drawn);
            return;
        }

        for (int index = 0; index < count; index++)
        {
            drawn[index] = index;
        }
    }
}
