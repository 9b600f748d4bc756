using Trainyard.Learning.Concurrency;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Forests;

/// <summary>Predicts training rows by the trees that did not see them.</summary>
internal sealed class OutOfBagWalk(Forest forest, GrownTree[] trees, BinnedFeatures binned)
{
    private const int RowsPerBlock = 1024;

    /// <summary>The mean of the trees that left a row out; the same at any thread count, for each row adds its trees in order.</summary>
    public OutOfBagOutputs Predict(FitOptions options, CancellationToken cancellationToken)
    {
        int width = forest.Width;
        bool[][] isOut = new bool[trees.Length][];
        ParallelWork.For(trees.Length, options.MaxDegreeOfParallelism, cancellationToken, tree =>
        {
            isOut[tree] = new bool[binned.RowCount];
            foreach (int row in forest.OutOfBag(tree, options.Seed))
            {
                isOut[tree][row] = true;
            }
        });
        double[] sums = new double[binned.RowCount * width];
        int[] counts = new int[binned.RowCount];
        int blocks = (binned.RowCount + RowsPerBlock - 1) / RowsPerBlock;
        ParallelWork.For(blocks, options.MaxDegreeOfParallelism, cancellationToken, block =>
        {
            for (int row = block * RowsPerBlock; row < Math.Min(binned.RowCount, (block + 1) * RowsPerBlock); row++)
            {
                counts[row] = AddTrees(row, isOut, sums.AsSpan(row * width, width), cancellationToken);
            }
        });
        int[] rows = [.. Enumerable.Range(0, counts.Length).Where(row => counts[row] > 0)];
        double[] outputs = new double[rows.Length * width];
        for (int index = 0; index < rows.Length; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int output = 0; output < width; output++)
            {
                outputs[(index * width) + output] = forest.Center + (sums[(rows[index] * width) + output] / counts[rows[index]]);
            }
        }

        return new OutOfBagOutputs(rows, outputs);
    }

    private int AddTrees(int row, bool[][] isOut, Span<double> sums, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int count = 0;
        for (int tree = 0; tree < trees.Length; tree++)
        {
            if (!isOut[tree][row])
            {
                continue;
            }

            double[] leaf = LeafOf(trees[tree], row);
            for (int index = 0; index < leaf.Length; index++)
            {
                sums[index] += leaf[index];
            }

            count++;
        }

        return count;
    }

    private double[] LeafOf(GrownTree tree, int row)
    {
        int child = tree.Root;
        while (child >= 0)
        {
            GrownNode node = tree.Nodes[child];
            int feature = node.Split.Feature;
            child = node.Split.GoesLeft(binned.Features[feature], binned.Bin(feature, row)) ? node.Left : node.Right;
        }

        return tree.Leaves[~child];
    }
}
