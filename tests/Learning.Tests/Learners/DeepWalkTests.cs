using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Learners;

public class DeepWalkTests
{
    private const ulong Seed = 29;
    private const int Features = 4;
    private const int LeafWidth = 2;

    [Fact]
    public void Accumulate_OnLopsidedTreesAndMissingValues_SumsWhatOneByOneWalkingDoes()
    {
        DeterministicRandom random = new(Seed);
        for (int round = 0; round < 50; round++)
        {
            List<TreeNode> nodes = [];
            List<double> leaves = [];
            int[] roots = [.. Enumerable.Range(0, 1 + random.NextInt(20)).Select(_ => Grow(random, nodes, leaves, random.NextInt(40)))];
            if (nodes.Count == 0)
            {
                continue;
            }

            int[] offsets = [.. roots.Select(_ => random.NextInt(2))];
            DeepWalk walk = DeepWalk.Of([.. nodes], roots, offsets, [.. leaves], LeafWidth)!;
            double[][] rows = [.. Enumerable.Range(0, 1 + random.NextInt(20)).Select(_ => Row(random, round % 2 == 0))];
            double[] expected = [.. rows.SelectMany(row => OneByOne(nodes, roots, row, leaves, offsets))];
            Assert.Equal(expected, rows.SelectMany(row => Sums(sums => walk.Accumulate(row, sums), 1)));
            Assert.Equal(expected, Sums(sums => walk.AccumulateRows([.. rows.SelectMany(row => row)], Features, sums, LeafWidth + 1), rows.Length));
        }
    }

    [Fact]
    public void Of_Categories_LeavesThemToTheOrdinaryWalk() =>
        Assert.Null(DeepWalk.Of([new TreeNode(0, 0, ~0, ~1, 0, false)], [0], [0], [1.0, 2], 1));

    [Fact]
    public void Of_TreesWithoutANode_LeavesThemToTheOrdinaryWalk() => Assert.Null(DeepWalk.Of([], [~0], [0], [1.0], 1));

    [Fact]
    public void Accumulate_OnTooShortRow_SaysHowManyValuesAreAskedFor()
    {
        DeepWalk walk = DeepWalk.Of([new TreeNode(0, 2, ~0, ~1, TreeNode.NoCategories, false)], [0], [0], [1.0, 2], 1)!;
        Assert.Throws<ArgumentException>(() => walk.Accumulate([1.0, 2], new double[1]));
    }

    private static double[] Row(DeterministicRandom random, bool hasMissing) =>
        [.. Enumerable.Range(0, Features).Select(_ => hasMissing && random.NextInt(4) == 0 ? double.NaN : random.NextInt(5))];

    /// <summary>A tree in which one side ends early, so that ways differ much in length; its root.</summary>
    private static int Grow(DeterministicRandom random, List<TreeNode> nodes, List<double> leaves, int depth)
    {
        if (depth <= 0)
        {
            leaves.AddRange(Enumerable.Range(0, LeafWidth).Select(_ => random.NextGaussian()));
            return ~((leaves.Count / LeafWidth) - 1);
        }

        int index = nodes.Count;
        nodes.Add(default);
        bool isLeftShort = random.NextInt(2) == 0;
        int left = Grow(random, nodes, leaves, isLeftShort ? random.NextInt(3) - 1 : depth - 1);
        int right = Grow(random, nodes, leaves, isLeftShort ? depth - 1 : random.NextInt(3) - 1);
        nodes[index] = new TreeNode(random.NextInt(5), random.NextInt(Features), left, right, TreeNode.NoCategories, random.NextInt(2) == 0);
        return index;
    }

    private static double[] OneByOne(List<TreeNode> nodes, int[] roots, double[] row, List<double> leaves, int[] offsets)
    {
        double[] sums = new double[LeafWidth + 1];
        foreach ((int tree, int root) in roots.Index())
        {
            int place = root;
            while (place >= 0)
            {
                TreeNode node = nodes[place];
                double value = row[node.Feature];
                place = value <= node.Threshold || (double.IsNaN(value) && node.MissingLeft) ? node.Left : node.Right;
            }

            for (int index = 0; index < LeafWidth; index++)
            {
                sums[offsets[tree] + index] += leaves[(~place * LeafWidth) + index];
            }
        }

        return sums;
    }

    private static double[] Sums(Action<double[]> walk, int rows)
    {
        double[] sums = new double[rows * (LeafWidth + 1)];
        walk(sums);
        return sums;
    }
}
