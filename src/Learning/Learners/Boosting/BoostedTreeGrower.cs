using System.Runtime.Intrinsics;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Grows one boosted tree at a time from gradient pairs. Holds buffers: one tree at a time.</summary>
/// <remarks>
/// The larger child's histogram is its parent's less its sibling's (Ke et al., LightGBM, NIPS 2017), exactly, as sums are
/// whole numbers. Where the histograms to keep would pass the budget, each tile's is built and searched in passing.
/// </remarks>
internal sealed class BoostedTreeGrower
{
    /// <summary>Rows below which another thread costs more to sum than it saves.</summary>
    private const int LeastRows = 1 << 15;

    private readonly Growth growth;
    private readonly Workers workers;
    private readonly LeafRule rule;
    private readonly NodeSearch search;
    private readonly bool isByLevel;

    public BoostedTreeGrower(PackedBins bins, Growth growth, Workers workers, long histogramBudget)
    {
        this.growth = growth;
        this.workers = workers;
        rule = new LeafRule(growth.L1, growth.L2);
        search = new NodeSearch(bins, growth, workers, histogramBudget);

        // Where every possible leaf has its place, the order of splitting decides nothing, and a whole level gives threads more to do.
        isByLevel = growth.IsDepthWise || (growth.MaximumDepth < 31 && 1 << growth.MaximumDepth <= growth.MaximumLeaves);
    }

    /// <summary>Grows one tree.</summary>
    /// <param name="sample">The rows to grow it on; reordered.</param>
    /// <param name="features">The features that it may ask, in ascending order.</param>
    /// <param name="pairs">What to fit.</param>
    public BoostedTree Grow(int[] sample, int[] features, GradientPairs pairs)
    {
        GrownTree tree = new();
        List<LeafRows> leafRows = [];
        PriorityQueue<GrowthNode, (double Rank, int Order)> open = new();
        int order = 0;
        int leaves = 1;
        search.Begin(sample, TileFeatures.Group(features), pairs);
        GrowthNode root = new(0, sample.Length, 0, TreeSlot.Root, Sum(sample, pairs), LeafBounds.None);
        search.SearchRoot(root);
        Enqueue(root);
        while (open.Count > 0)
        {
            List<Division> divisions = [];
            foreach (GrowthNode node in TakeNext(open))
            {
                if (node.Found is null || leaves >= growth.MaximumLeaves)
                {
                    search.Release(node);
                    leafRows.Add(new LeafRows(node.Start, node.Count));
                    double hessian = pairs.HessianOf(node.Total);
                    tree.AddLeaf([rule.Value(pairs.PullOf(node.Total), hessian, node.Bounds)], hessian, node.Slot);
                }
                else
                {
                    leaves++;
                    divisions.Add(Divide(tree, node, pairs));
                }
            }

            search.Divide(divisions, isLast: leaves >= growth.MaximumLeaves);
            divisions.ForEach(division =>
            {
                Enqueue(division.Left);
                Enqueue(division.Right);
            });
        }

        return new BoostedTree(tree, sample, leafRows);

        void Enqueue(GrowthNode node) => open.Enqueue(node, (isByLevel ? node.Depth : -(node.Found?.Split.Gain ?? 0), order++));
    }

    private Vector128<long> Sum(int[] sample, GradientPairs pairs)
    {
        int pieces = workers.PiecesFor(sample.Length, LeastRows);
        Vector128<long>[] sums = new Vector128<long>[pieces];
        workers.Run(pieces, piece => sums[piece] = pairs.Sum(Workers.Share<int>(sample, pieces, piece)));
        return sums.Aggregate((all, own) => all + own);
    }

    /// <summary>The nodes to look at next: the best, or a level.</summary>
    private List<GrowthNode> TakeNext(PriorityQueue<GrowthNode, (double Rank, int Order)> open)
    {
        List<GrowthNode> next = [open.Dequeue()];
        while (isByLevel && open.TryPeek(out GrowthNode? node, out _) && node.Depth == next[0].Depth)
        {
            next.Add(open.Dequeue());
        }

        return next;
    }

    private Division Divide(GrownTree tree, GrowthNode node, GradientPairs pairs)
    {
        FoundSplit found = node.Found!;
        int index = tree.AddNode(found.Split, node.Slot);
        int leftCount = (int)pairs.RowsOf(found.Left);
        Vector128<long> rightTotal = node.Total - found.Left;
        (LeafBounds left, LeafBounds right) = Narrow(node, found, rightTotal, pairs);
        return new Division(
            node,
            new GrowthNode(node.Start, leftCount, node.Depth + 1, new TreeSlot(index, true), found.Left, left),
            new GrowthNode(node.Start + leftCount, node.Count - leftCount, node.Depth + 1, new TreeSlot(index, false), rightTotal, right));
    }

    /// <summary>Below a constrained split, no leaf of one side may pass the middle between the two (XGBoost's rule).</summary>
    private (LeafBounds Left, LeafBounds Right) Narrow(GrowthNode node, FoundSplit found, Vector128<long> rightTotal, GradientPairs pairs)
    {
        int direction = growth.Monotone?[found.Split.Feature] ?? 0;
        if (direction == 0)
        {
            return (node.Bounds, node.Bounds);
        }

        double left = rule.Value(pairs.PullOf(found.Left), pairs.HessianOf(found.Left), node.Bounds);
        double right = rule.Value(pairs.PullOf(rightTotal), pairs.HessianOf(rightTotal), node.Bounds);
        double middle = (left + right) / 2;
        bool rises = found.PartsMissing ? right > left : direction > 0;
        LeafBounds below = node.Bounds with { Upper = middle };
        LeafBounds above = node.Bounds with { Lower = middle };
        return rises ? (below, above) : (above, below);
    }
}
