using System.Numerics;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Tests.Explanations;

/// <summary>Shapley values of trees by their definition, over every set of features.</summary>
internal static class ShapleyByHand
{
    /// <summary>Contributions to one sum of an ensemble (not divided by the number of trees), one per feature.</summary>
    public static double[] Of(TreeEnsemble trees, double[] row, int score)
    {
        double[] valueOfSet = new double[1 << row.Length];
        for (int set = 0; set < valueOfSet.Length; set++)
        {
            for (int tree = 0; tree < trees.TreeCount; tree++)
            {
                int output = score - trees.Offsets[tree];
                valueOfSet[set] += output >= 0 && output < trees.LeafWidth ? Value(trees, trees.Roots[tree], row, set, output) : 0;
            }
        }

        return [.. Enumerable.Range(0, row.Length).Select(feature => Shapley(valueOfSet, row.Length, feature))];
    }

    public static double Cover(TreeEnsemble trees, int child) =>
        child < 0 ? trees.Statistics!.Covers[~child] : Cover(trees, trees.Nodes[child].Left) + Cover(trees, trees.Nodes[child].Right);

    private static double Value(TreeEnsemble trees, int child, double[] row, int set, int output)
    {
        if (child < 0)
        {
            return trees.Leaves[(~child * trees.LeafWidth) + output];
        }

        TreeNode node = trees.Nodes[child];
        if ((set >> node.Feature & 1) != 0)
        {
            return Value(trees, trees.GoesLeft(in node, row[node.Feature]) ? node.Left : node.Right, row, set, output);
        }

        (double left, double right) = (Cover(trees, node.Left), Cover(trees, node.Right));
        (double first, double second) = (Value(trees, node.Left, row, set, output), Value(trees, node.Right, row, set, output));
        return left + right > 0 ? ((left * first) + (right * second)) / (left + right) : (first + second) / 2;
    }

    /// <summary>Σ over sets without the feature of |S|! (n - |S| - 1)! / n! × what it adds.</summary>
    private static double Shapley(double[] valueOfSet, int count, int feature)
    {
        double sum = 0;
        for (int set = 0; set < valueOfSet.Length; set++)
        {
            if ((set >> feature & 1) == 0)
            {
                int size = BitOperations.PopCount((uint)set);
                sum += Factorial(size) * Factorial(count - size - 1) / Factorial(count) * (valueOfSet[set | (1 << feature)] - valueOfSet[set]);
            }
        }

        return sum;
    }

    private static double Factorial(int number) => Enumerable.Range(1, number).Aggregate(1.0, (product, factor) => product * factor);
}
