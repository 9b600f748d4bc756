using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>Grows trees on binned features, best split first. Holds buffers: used by one thread at a time.</summary>
/// <remarks>
/// The larger child's histogram is its parent's less its sibling's (Ke et al., LightGBM, NIPS 2017), unless features are
/// drawn per node or the histograms to keep would pass the budget. When not even one fits, features share its place.
/// </remarks>
internal sealed class TreeGrower
{
    /// <summary>Bytes that the histograms of all growers of one fit may take: 256 MiB.</summary>
    public const long HistogramBudget = 256L << 20;

    /// <summary>Additions below which starting threads costs more than it saves.</summary>
    private const long ParallelThreshold = 1 << 17;

    private readonly BinnedFeatures binned;
    private readonly GrowerOptions options;
    private readonly ParallelOptions parallel;
    private readonly HistogramPool pool;
    private readonly SplitFinder[] finders;
    private readonly Split?[] found;
    private readonly RandomCut randomCut;
    private readonly bool isShared;
    private readonly bool keepsHistograms;
    private readonly int[] scratch;
    private readonly RowSweep? sweep;
    private int[] rows = [];
    private Targets targets = new(0, [], []);

    public TreeGrower(BinnedFeatures binned, int width, GrowerOptions options, ParallelOptions parallel, long histogramBudget = HistogramBudget)
    {
        this.binned = binned;
        this.options = options;
        this.parallel = parallel;
        long bytes = HistogramLayout.SeparateBytes(binned, width);
        isShared = options.FeaturesPerNode > 0 || bytes > histogramBudget;
        HistogramLayout layout = isShared ? HistogramLayout.Shared(binned, width) : HistogramLayout.Separate(binned, width);
        pool = new HistogramPool(layout);
        finders = [.. Enumerable.Range(0, binned.FeatureCount).Select(_ => new SplitFinder(options, layout))];
        found = new Split?[binned.FeatureCount];
        long leaves = Math.Min(options.MaximumLeaves, binned.RowCount);
        keepsHistograms = !isShared && bytes * leaves <= histogramBudget;
        scratch = new int[binned.RowCount];
        randomCut = new RandomCut(width);
        sweep = options.FeaturesPerNode > 0 && width <= RowSweep.MaximumWidth ? new RowSweep(options, binned.RowCount) : null;
    }

    /// <summary>Grows one tree.</summary>
    /// <param name="sample">The rows to grow it on; reordered.</param>
    /// <param name="features">The features that it may ask, in ascending order.</param>
    /// <param name="fit">What to fit; its width is the grower's.</param>
    /// <param name="random">Draws the features of a node; unused when all are tried.</param>
    public GrownTree Grow(int[] sample, int[] features, Targets fit, DeterministicRandom random)
    {
        rows = sample;
        targets = fit;
        sweep?.Begin(fit);
        GrownTree tree = new();
        PriorityQueue<OpenNode, (double NegativeGain, int Order)> open = new();
        int order = 0;
        int leaves = 1;
        OpenNode root = new(0, rows.Length, 0, TreeSlot.Root);
        Search(root, features, random);
        Enqueue(root);
        while (open.TryDequeue(out OpenNode? node, out _))
        {
            parallel.CancellationToken.ThrowIfCancellationRequested();
            if (node.Split is null || leaves >= options.MaximumLeaves)
            {
                Close(tree, node);
                continue;
            }

            leaves++;
            (OpenNode left, OpenNode right) = Divide(tree, node);
            SearchChildren(node, left, right, features, random);
            Enqueue(left);
            Enqueue(right);
        }

        return tree;

        // Without a limit the order decides nothing, and the newest node's rows are still in a near cache.
        void Enqueue(OpenNode node) => open.Enqueue(node, options.MaximumLeaves == int.MaxValue ? (0, order--) : (-(node.Split?.Gain ?? 0), order++));
    }

    private (OpenNode Left, OpenNode Right) Divide(GrownTree tree, OpenNode node)
    {
        int index = tree.AddNode(node.Split!, node.Slot);
        int leftCount = Partition(node);
        return (
            new OpenNode(node.Start, leftCount, node.Depth + 1, new TreeSlot(index, true)),
            new OpenNode(node.Start + leftCount, node.Count - leftCount, node.Depth + 1, new TreeSlot(index, false)));
    }

    /// <summary>Moves the rows that go left to the front; each side keeps its order.</summary>
    private int Partition(OpenNode node)
    {
        Split split = node.Split!;
        FeatureBins feature = binned.Features[split.Feature];
        ReadOnlySpan<byte> bins = binned.Column(split.Feature);
        Span<int> part = rows.AsSpan(node.Start, node.Count);
        int left = 0;
        int right = 0;
        foreach (int row in part)
        {
            if (split.GoesLeft(feature, bins[row]))
            {
                part[left++] = row;
            }
            else
            {
                scratch[right++] = row;
            }
        }

        scratch.AsSpan(0, right).CopyTo(part[left..]);
        return left;
    }

    private void SearchChildren(OpenNode parent, OpenNode left, OpenNode right, int[] features, DeterministicRandom random)
    {
        if (parent.Histogram is { } histogram)
        {
            (OpenNode small, OpenNode large) = left.Count <= right.Count ? (left, right) : (right, left);
            small.Histogram = pool.Rent();
            large.Histogram = histogram;
            ForEach(features, small.Count, feature =>
            {
                small.Histogram.Build(binned, feature, RowsOf(small), targets, parallel.CancellationToken);
                large.Histogram.Subtract(small.Histogram, feature);
            });
        }

        Search(left, features, random);
        Search(right, features, random);
    }

    private void Search(OpenNode node, int[] features, DeterministicRandom random)
    {
        if (node.Depth < options.MaximumDepth && node.Count >= 2L * options.MinimumRowsPerLeaf && !IsPure(RowsOf(node)))
        {
            node.Split = options.FeaturesPerNode > 0 ? FindInDrawn(node, features, random) : FindInAll(node, features);
        }

        if (node.Split is null || !keepsHistograms)
        {
            pool.Return(node.Histogram);
            node.Histogram = null;
        }
    }

    /// <summary>True when all rows want the same value, so that no split can gain; it saves trying thousands of features for nothing.</summary>
    private bool IsPure(ReadOnlySpan<int> members)
    {
        int width = targets.Width;
        double firstHessian = targets.Hessians[members[0]];
        ReadOnlySpan<double> first = targets.Pulls.AsSpan(members[0] * width, width);
        foreach (int row in members[1..])
        {
            ReadOnlySpan<double> other = targets.Pulls.AsSpan(row * width, width);
            for (int index = 0; index < width; index++)
            {
                if (first[index] * targets.Hessians[row] != other[index] * firstHessian)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private Split? FindInAll(OpenNode node, int[] features)
    {
        bool filled = node.Histogram is not null;
        Histogram histogram = node.Histogram ??= pool.Rent();
        ForEach(features, filled ? 0 : node.Count, feature =>
        {
            if (!filled)
            {
                histogram.Build(binned, feature, RowsOf(node), targets, parallel.CancellationToken);
            }

            found[feature] = finders[feature].Find(feature, binned.Features[feature], histogram.Of(feature));
        });
        return Best(features);
    }

    /// <summary>Tries features in random order until enough are tried and one of them splits (Breiman, Random forests, 2001).</summary>
    private Split? FindInDrawn(OpenNode node, int[] features, DeterministicRandom random)
    {
        int[] drawn = [.. features];
        random.Shuffle(drawn);
        Histogram histogram = pool.Rent();
        Split? best = FindInDrawn(node, drawn, histogram, options.DrawsCuts ? random : null);
        if (best is null && options.DrawsCuts)
        {
            // No random cut gained anything, which does not mean that none does.
            best = FindInDrawn(node, drawn, histogram, null);
        }

        pool.Return(histogram);
        return best;
    }

    private Split? FindInDrawn(OpenNode node, int[] drawn, Histogram histogram, DeterministicRandom? cut)
    {
        Split? best = null;
        if (cut is null)
        {
            sweep?.Enter(RowsOf(node));
        }

        for (int index = 0; index < drawn.Length && (index < options.FeaturesPerNode || best is null); index++)
        {
            parallel.CancellationToken.ThrowIfCancellationRequested();
            best = Better(best, FindIn(drawn[index], node, histogram, cut));
        }

        return best;
    }

    private Split? FindIn(int feature, OpenNode node, Histogram histogram, DeterministicRandom? cut)
    {
        FeatureBins bins = binned.Features[feature];
        if (cut is not null && !bins.IsCategory)
        {
            return randomCut.Find(feature, bins, binned.Column(feature), RowsOf(node), targets, finders[feature], cut);
        }

        if (sweep is not null && !bins.IsCategory)
        {
            return sweep.Find(feature, bins, binned.Column(feature), RowsOf(node));
        }

        histogram.Build(binned, feature, RowsOf(node), targets, parallel.CancellationToken);
        return finders[feature].Find(feature, bins, histogram.Of(feature), cut);
    }

    private Split? Best(int[] features)
    {
        Split? best = null;
        foreach (int feature in features)
        {
            best = Better(best, found[feature]);
        }

        return best;
    }

    // Of equals the lower feature wins, whatever the order of trying.
    private static Split? Better(Split? first, Split? second)
    {
        if (first is null || second is null)
        {
            return first ?? second;
        }

        bool secondWins = second.Gain > first.Gain || (second.Gain == first.Gain && second.Feature < first.Feature);
        return secondWins ? second : first;
    }

    private void Close(GrownTree tree, OpenNode node)
    {
        pool.Return(node.Histogram);
        double[] values = new double[targets.Width];
        double cover = 0;
        foreach (int row in RowsOf(node))
        {
            for (int index = 0; index < values.Length; index++)
            {
                values[index] += targets.Pulls[(row * values.Length) + index];
            }

            cover += targets.Hessians[row];
        }

        double hessian = cover + options.L2;
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = hessian > 0 ? values[index] / hessian : 0;
        }

        tree.AddLeaf(values, cover, node.Slot);
    }

    private ReadOnlySpan<int> RowsOf(OpenNode node) => rows.AsSpan(node.Start, node.Count);

    private void ForEach(int[] features, int rowCount, Action<int> action)
    {
        if (isShared || parallel.MaxDegreeOfParallelism == 1 || (long)rowCount * features.Length < ParallelThreshold)
        {
            foreach (int feature in features)
            {
                parallel.CancellationToken.ThrowIfCancellationRequested();
                action(feature);
            }
        }
        else
        {
            Parallel.For(0, features.Length, parallel, index => action(features[index]));
        }
    }
}
