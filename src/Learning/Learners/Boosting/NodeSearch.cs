using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Finds the best split of nodes and manages their histograms.</summary>
internal sealed class NodeSearch
{
    /// <summary>Bins below which another thread costs more than it saves.</summary>
    private const long LeastBins = 1 << 13;

    private readonly PackedBins bins;
    private readonly Growth growth;
    private readonly Workers workers;
    private readonly GradientSplitFinder finder;
    private readonly GradientHistogramPool pool;
    private readonly HistogramBuilder builder;
    private readonly TileLayout shared;
    private readonly bool keepsHistograms;
    private int[] rows = [];
    private TileFeatures[] tiles = [];
    private GradientPairs pairs = new(0);

    public NodeSearch(PackedBins bins, Growth growth, Workers workers, long histogramBudget)
    {
        this.bins = bins;
        this.growth = growth;
        this.workers = workers;
        finder = new GradientSplitFinder(growth);
        long leaves = Math.Min(growth.MaximumLeaves, bins.RowCount);
        keepsHistograms = TileLayout.SeparateBytes(bins) <= histogramBudget / leaves;
        shared = TileLayout.Shared(bins);
        pool = new GradientHistogramPool(keepsHistograms ? TileLayout.Separate(bins) : shared);
        builder = new HistogramBuilder(bins, workers, pool);
    }

    /// <summary>Turns to another tree.</summary>
    public void Begin(int[] sample, TileFeatures[] features, GradientPairs fit)
    {
        rows = sample;
        tiles = features;
        pairs = fit;
    }

    public void SearchRoot(GrowthNode root)
    {
        if (!CanSplit(root))
        {
            return;
        }

        if (keepsHistograms)
        {
            root.Histogram = pool.Rent();
            builder.Build(root.Histogram, tiles, rows, root.Start, root.Count, pairs);
            Find([root]);
        }
        else
        {
            FindInPassing(root);
        }
    }

    /// <summary>Searches the children of a divided node, whose histogram becomes the larger one's.</summary>
    public void SearchChildren(GrowthNode parent, GrowthNode left, GrowthNode right)
    {
        GrowthNode[] open = [.. new[] { left, right }.Where(CanSplit)];
        if (!keepsHistograms)
        {
            Array.ForEach(open, FindInPassing);
            return;
        }

        if (open.Length == 0)
        {
            Release(parent);
            return;
        }

        (GrowthNode small, GrowthNode large) = left.Count <= right.Count ? (left, right) : (right, left);
        small.Histogram = pool.Rent();
        large.Histogram = parent.Histogram!;
        builder.Build(small.Histogram, tiles, rows, small.Start, small.Count, pairs);
        foreach (TileFeatures tile in tiles)
        {
            large.Histogram.Subtract(small.Histogram, tile.Tile);
        }

        Find(open);
        Array.ForEach([left, right], node =>
        {
            if (node.Found is null)
            {
                Release(node);
            }
        });
    }

    /// <summary>Gives a node's histogram back.</summary>
    public void Release(GrowthNode node)
    {
        pool.Return(node.Histogram);
        node.Histogram = null;
    }

    private bool CanSplit(GrowthNode node) =>
        node.Depth < growth.MaximumDepth && node.Count >= 2L * growth.MinimumRowsPerLeaf && tiles.Length > 0;

    private void Find(GrowthNode[] nodes)
    {
        int work = tiles.Length * nodes.Length;
        int pieces = workers.PiecesFor((long)work * PackedBins.Lanes * FeatureBins.MaximumBins, LeastBins);
        FoundSplit?[] best = new FoundSplit?[work];
        workers.Run(pieces, piece =>
        {
            for (int item = Workers.Start(work, pieces, piece); item < Workers.Start(work, pieces, piece + 1); item++)
            {
                GrowthNode node = nodes[item / tiles.Length];
                best[item] = FindIn(node, tiles[item % tiles.Length], node.Histogram!);
            }
        });
        for (int item = 0; item < work; item++)
        {
            GrowthNode node = nodes[item / tiles.Length];
            node.Found = FoundSplit.Better(node.Found, best[item]);
        }
    }

    /// <summary>Builds and searches one tile at a time, so that memory is bounded however wide the table is.</summary>
    private void FindInPassing(GrowthNode node)
    {
        int pieces = workers.PiecesFor((long)tiles.Length * PackedBins.Lanes * (node.Count + FeatureBins.MaximumBins), LeastBins);
        GradientHistogram[] own = [.. Enumerable.Range(0, pieces).Select(_ => pool.Rent())];
        FoundSplit?[] best = new FoundSplit?[pieces];
        workers.Run(pieces, piece =>
        {
            foreach (ref readonly TileFeatures tile in Workers.Share<TileFeatures>(tiles, pieces, piece))
            {
                builder.Fill(own[piece], new ReadOnlySpan<TileFeatures>(in tile), rows.AsSpan(node.Start, node.Count), pairs);
                best[piece] = FoundSplit.Better(best[piece], FindIn(node, tile, own[piece]));
            }
        });
        Array.ForEach(own, pool.Return);
        node.Found = best.Aggregate(FoundSplit.Better);
    }

    private FoundSplit? FindIn(GrowthNode node, TileFeatures tile, GradientHistogram histogram)
    {
        FoundSplit? best = null;
        foreach (int feature in tile.Features)
        {
            best = FoundSplit.Better(best, finder.Find(feature, bins.Features[feature], histogram.Feature(feature), node, pairs));
        }

        return best;
    }
}
