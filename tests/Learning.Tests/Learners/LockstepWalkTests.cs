using Trainyard.Learning.Learners.Trees;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Tests.Learners;

public class LockstepWalkTests
{
    private const ulong Seed = 23;

    [Fact]
    public void Accumulate_OnRandomTreesAndMissingValues_SumsWhatOneByOneWalkingDoes()
    {
        DeterministicRandom random = new(Seed);
        for (int round = 0; round < 50; round++)
        {
            List<TreeNode> nodes = [];
            List<double> leaves = [];
            int[] roots = [.. Enumerable.Range(0, 1 + random.NextInt(20)).Select(_ => Grow(random, nodes, leaves, random.NextInt(7)))];
            int[] offsets = [.. roots.Select(_ => random.NextInt(2))];
            LockstepWalk walk = LockstepWalk.Of(nodes.ToArray(), roots, leaves.ToArray(), offsets)!;
            double[][] rows = [.. Enumerable.Range(0, 1 + random.NextInt(20)).Select(_ => Row(random, round % 2 == 0))];
            double[] expected = [.. rows.SelectMany(row => OneByOne(nodes, roots, row, leaves, offsets))];
            Assert.Equal(expected, rows.SelectMany(row => Sums(sums => walk.Accumulate(row, sums), 1)));
            Assert.Equal(expected, Sums(sums => walk.AccumulateRows([.. rows.SelectMany(row => row)], 4, sums, 2), rows.Length));
        }
    }

    [Fact]
    public void Of_BranchesThatMeetAgain_LeavesThemToTheOrdinaryWalk()
    {
        TreeNode[] doubling = [.. Enumerable.Range(1, 16).Select(next => new TreeNode(0, 0, next == 16 ? ~0 : next, next == 16 ? ~0 : next, TreeNode.NoCategories, false))];
        Assert.Null(LockstepWalk.Of(doubling, [0], [1.0], [0]));
    }

    [Fact]
    public void Of_CategoriesOrDeepTrees_LeavesThemToTheOrdinaryWalk()
    {
        TreeNode category = new(0, 0, ~0, ~1, 0, false);
        TreeNode[] chain = [.. Enumerable.Range(1, 40).Select(next => new TreeNode(0, 0, ~0, next == 40 ? ~1 : next, TreeNode.NoCategories, false))];
        Assert.Null(LockstepWalk.Of([category], [0], [1.0, 2], [0]));
        Assert.Null(LockstepWalk.Of(chain, [0], [1.0, 2], [0]));
    }

    [Fact]
    public void Accumulate_OnTooShortRow_SaysHowManyValuesAreAskedFor()
    {
        LockstepWalk walk = LockstepWalk.Of([new TreeNode(0, 2, ~0, ~1, TreeNode.NoCategories, false)], [0], [1.0, 2], [0])!;
        Assert.Throws<ArgumentException>(() => walk.Accumulate([1.0, 2], new double[1]));
    }

    private static double[] Row(DeterministicRandom random, bool hasMissing) =>
        [.. Enumerable.Range(0, 4).Select(_ => hasMissing && random.NextInt(4) == 0 ? double.NaN : random.NextInt(5))];

    private static double[] OneByOne(List<TreeNode> nodes, int[] roots, double[] row, List<double> leaves, int[] offsets)
    {
        double[] sums = new double[2];
        foreach ((int tree, int root) in roots.Index())
        {
            sums[offsets[tree]] += leaves[~Walk(nodes, root, row)];
        }

        return sums;
    }

    private static double[] Sums(Action<double[]> fill, int rows)
    {
        double[] sums = new double[2 * rows];
        fill(sums);
        return sums;
    }

    private static int Walk(List<TreeNode> nodes, int child, double[] row)
    {
        while (child >= 0)
        {
            TreeNode node = nodes[child];
            double value = row[node.Feature];
            bool goesLeft = double.IsNaN(value) ? node.MissingLeft : value <= node.Threshold;
            child = goesLeft ? node.Left : node.Right;
        }

        return child;
    }

    private static int Grow(DeterministicRandom random, List<TreeNode> nodes, List<double> leaves, int depth)
    {
        if (depth == 0 || random.NextInt(5) == 0)
        {
            leaves.Add(random.NextGaussian());
            return ~(leaves.Count - 1);
        }

        int index = nodes.Count;
        nodes.Add(default);
        int left = Grow(random, nodes, leaves, depth - 1);
        int right = Grow(random, nodes, leaves, depth - 1);
        nodes[index] = new TreeNode(random.NextInt(5), random.NextInt(4), left, right, TreeNode.NoCategories, random.NextInt(2) == 0);
        return index;
    }
}
