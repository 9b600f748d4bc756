using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Forests;

/// <summary>Grows the trees of a forest side by side. Each draws from its own stream, so their order of growing is free.</summary>
internal sealed class Forest(TrainingSet set, BinnedFeatures binned, GrowerOptions growth, double center)
{
    private readonly int[] features = [.. Enumerable.Range(0, binned.FeatureCount)];

    public double Center => center;

    public int Width => set.Task == LearningTask.Classification ? set.ClassCount : 1;

    public GrownTree[] Grow(int count, FitOptions options, ParallelOptions parallel)
    {
        GrownTree[] trees = new GrownTree[count];
        DeterministicRandom root = new(options.Seed);
        ParallelOptions serial = new() { MaxDegreeOfParallelism = 1 };
        int done = 0;
        Parallel.For(
            0,
            count,
            parallel,
            () => new TreeGrower(binned, Width, growth, serial),
            (tree, _, grower) =>
            {
                trees[tree] = GrowOne(grower, root.Fork((ulong)tree));
                options.Progress?.Report(new FitProgress(Interlocked.Increment(ref done), count, null, null));
                return grower;
            },
            _ => { });
        return trees;
    }

    private GrownTree GrowOne(TreeGrower grower, DeterministicRandom random)
    {
        double[] weights = Bootstrap(random);
        Targets targets = TargetBuilder.Of(set, weights, center);
        int[] rows = [.. Enumerable.Range(0, weights.Length).Where(row => weights[row] > 0)];
        return grower.Grow(rows, features, targets, random);
    }

    /// <summary>As many draws with replacement as there are rows; a row drawn twice weighs double.</summary>
    private double[] Bootstrap(DeterministicRandom random)
    {
        double[] weights = new double[set.Labels.Length];
        for (int draw = 0; draw < weights.Length; draw++)
        {
            weights[random.NextInt(weights.Length)]++;
        }

        for (int row = 0; set.Weights is { } given && row < weights.Length; row++)
        {
            weights[row] *= given[row];
        }

        return weights;
    }
}
