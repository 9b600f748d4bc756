using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Forests;

/// <summary>Grows the trees of a forest side by side. Each draws from its own stream, so their order of growing is free.</summary>
/// <param name="set">Rows and labels.</param>
/// <param name="binned">The same rows in bins.</param>
/// <param name="growth">What limits a tree.</param>
/// <param name="center">Subtracted from numeric labels.</param>
/// <param name="bootstraps">True to grow each tree on a sample of the rows; false to grow each on all.</param>
internal sealed class Forest(TrainingSet set, BinnedFeatures binned, GrowerOptions growth, double center, bool bootstraps = true)
{
    private readonly int[] features = [.. Enumerable.Range(0, binned.FeatureCount)];

    public double Center => center;

    public int Width => set.Task == LearningTask.Classification ? set.ClassCount : 1;

    public GrownTree[] Grow(int count, FitOptions options, ParallelOptions parallel)
    {
        GrownTree[] trees = new GrownTree[count];
        DeterministicRandom root = new(options.Seed);
        ParallelOptions serial = new() { MaxDegreeOfParallelism = 1, CancellationToken = parallel.CancellationToken };
        int done = 0;
        Parallel.For(
            0,
            count,
            parallel,
            () => new TreeGrower(binned, Width, growth, serial),
            (tree, _, grower) =>
            {
                trees[tree] = GrowOne(grower, root.Fork((ulong)tree), parallel.CancellationToken);
                options.Progress?.Report(new FitProgress(Interlocked.Increment(ref done), count, null, null));
                return grower;
            },
            _ => { });
        return trees;
    }

    private GrownTree GrowOne(TreeGrower grower, DeterministicRandom random, CancellationToken cancellationToken)
    {
        double[] weights = bootstraps ? Bootstrap(random) : TargetBuilder.Weights(set);
        cancellationToken.ThrowIfCancellationRequested();
        Targets targets = TargetBuilder.Of(set, weights, center);
        cancellationToken.ThrowIfCancellationRequested();
        int[] rows = [.. Enumerable.Range(0, weights.Length).Where(row => weights[row] > 0)];
        return grower.Grow(rows, features, targets, random);
    }

    /// <summary>The rows that a tree's bootstrap sample left out, ascending.</summary>
    public IEnumerable<int> OutOfBag(int tree, ulong seed)
    {
        double[] draws = Draw(new DeterministicRandom(seed).Fork((ulong)tree));
        return Enumerable.Range(0, draws.Length).Where(row => draws[row] == 0);
    }

    /// <summary>As many draws with replacement as there are rows; a row drawn twice weighs double.</summary>
    private double[] Bootstrap(DeterministicRandom random)
    {
        double[] weights = Draw(random);
        for (int row = 0; set.Weights is { } given && row < weights.Length; row++)
        {
            weights[row] *= given[row];
        }

        return weights;
    }

    private double[] Draw(DeterministicRandom random)
    {
        double[] draws = new double[set.Labels.Length];
        for (int draw = 0; draw < draws.Length; draw++)
        {
            draws[random.NextInt(draws.Length)]++;
        }

        return draws;
    }
}
