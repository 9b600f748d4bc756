using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Divides nodes, finds the best splits of their children and manages the histograms.</summary>
internal sealed class NodeSearch
{
    /// <summary>Additions to sums, or cuts tried, below which another thread costs more than it saves.</summary>
    private const long LeastWork = 1 << 15;

    /// <summary>Rows from which the threads share one node; smaller nodes of a level go to a thread each.</summary>
    private const int SharedRows = 1 << 15;

    private readonly PackedBins bins;
    private readonly Growth growth;
    private readonly Workers workers;
    private readonly RowPartition partition;
    private readonly GradientSplitFinder finder;
    private readonly GradientHistogramPool pool;
    private readonly HistogramBuilder builder;
    private readonly bool keepsHistograms;
    private int[] rows = [];
    private TileFeatures[] tiles = [];
    private GradientPairs pairs = new(0);

    public NodeSearch(PackedBins bins, Growth growth, Workers workers, long histogramBudget)
    {
        this.bins = bins;
        this.growth = growth;
        this.workers = workers;
        partition = new RowPartition(bins, workers);
        finder = new GradientSplitFinder(growth);
        long leaves = Math.Min(growth.MaximumLeaves, bins.RowCount);
        keepsHistograms = TileLayout.SeparateBytes(bins) <= histogramBudget / leaves;
        pool = new GradientHistogramPool(keepsHistograms ? TileLayout.Separate(bins) : TileLayout.Shared(bins));
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

        if (!keepsHistograms)
        {
            FindInPassing(root);
            return;
        }

        root.Histogram = pool.Rent();
        builder.Build(root.Histogram, tiles, rows, root.Start, root.Count, pairs);
        int pieces = workers.PiecesFor(CutsOf(1), LeastWork);
        FoundSplit?[] best = new FoundSplit?[pieces];
        workers.Run(pieces, piece => best[piece] = FindIn(root, Workers.Share<TileFeatures>(tiles, pieces, piece), root.Histogram));
        root.Found = best.Aggregate(FoundSplit.Better);
    }

    /// <summary>Moves the rows of divided nodes to their children and, when asked to, searches those.</summary>
    /// <param name="divisions">Nodes that do not overlap.</param>
    /// <param name="isLast">True when no child will be split.</param>
    public void Divide(List<Division> divisions, bool isLast)
    {
        List<Division> alone = keepsHistograms && workers.Count > 1 && divisions.Count > workers.Count
            ? divisions.FindAll(division => division.Parent.Count < SharedRows)
            : [];
        foreach (Division division in divisions)
        {
            bool isOpen = !isLast && (CanSplit(division.Left) || CanSplit(division.Right));
            if (isOpen && keepsHistograms)
            {
                division.Large.Histogram = division.Parent.Histogram;
                division.Small.Histogram = pool.Rent();
            }
            else
            {
                pool.Return(division.Parent.Histogram);
            }

            division.Parent.Histogram = null;
        }

        foreach (Division division in divisions.Except(alone))
        {
            partition.Divide(rows, division.Parent);
            Search(division, isLast);
        }

        workers.Run(alone.Count, index =>
        {
            partition.DivideAlone(rows, alone[index].Parent);
            SearchTiles(alone[index], tiles, isFilled: false);
        });
        foreach (Division division in divisions)
        {
            ReleaseLeaf(division.Left);
            ReleaseLeaf(division.Right);
        }
    }

    /// <summary>Gives a node's histogram back.</summary>
    public void Release(GrowthNode node)
    {
        pool.Return(node.Histogram);
        node.Histogram = null;
    }

    private void ReleaseLeaf(GrowthNode node)
    {
        if (node.Found is null)
        {
            Release(node);
        }
    }

    private bool CanSplit(GrowthNode node) =>
        node.Depth < growth.MaximumDepth && node.Count >= 2L * growth.MinimumRowsPerLeaf && tiles.Length > 0;

    private long CutsOf(int nodes) => (long)nodes * tiles.Length * PackedBins.Lanes * FeatureBins.MaximumBins;

    /// <summary>Searches the children of one division with all threads.</summary>
    private void Search(Division division, bool isLast)
    {
        if (isLast)
        {
            return;
        }

        if (!keepsHistograms)
        {
            Array.ForEach([.. new[] { division.Left, division.Right }.Where(CanSplit)], FindInPassing);
            return;
        }

        if (division.Small.Histogram is not { } small)
        {
            return;
        }

        bool isFilled = builder.TryBuildByRows(small, tiles, rows, division.Small.Start, division.Small.Count, pairs);
        long additions = isFilled ? 0 : (long)division.Small.Count * tiles.Length * PackedBins.Lanes;
        int pieces = Math.Min(tiles.Length, workers.PiecesFor(additions + CutsOf(2), LeastWork));
        (FoundSplit? Left, FoundSplit? Right)[] best = new (FoundSplit?, FoundSplit?)[pieces];
        workers.Run(pieces, piece => best[piece] = FindInTiles(division, Workers.Share<TileFeatures>(tiles, pieces, piece), isFilled));
        division.Left.Found = best.Select(each => each.Left).Aggregate(FoundSplit.Better);
        division.Right.Found = best.Select(each => each.Right).Aggregate(FoundSplit.Better);
    }

    private void SearchTiles(Division division, TileFeatures[] own, bool isFilled)
    {
        if (division.Small.Histogram is not null)
        {
            (division.Left.Found, division.Right.Found) = FindInTiles(division, own, isFilled);
        }
    }

    /// <summary>Completes some tiles of both children's histograms on the calling thread and searches them.</summary>
    private (FoundSplit? Left, FoundSplit? Right) FindInTiles(Division division, ReadOnlySpan<TileFeatures> own, bool isFilled)
    {
        GrowthNode small = division.Small;
        if (!isFilled)
        {
            builder.Fill(small.Histogram!, own, rows.AsSpan(small.Start, small.Count), pairs);
        }

        foreach (TileFeatures tile in own)
        {
            division.Large.Histogram!.Subtract(small.Histogram!, tile.Tile);
        }

        return (FindIn(division.Left, own, division.Left.Histogram!), FindIn(division.Right, own, division.Right.Histogram!));
    }

    /// <summary>Builds and searches one tile at a time, so that memory is bounded however wide the table is.</summary>
    private void FindInPassing(GrowthNode node)
    {
        int pieces = Math.Min(tiles.Length, workers.PiecesFor(((long)tiles.Length * PackedBins.Lanes * node.Count) + CutsOf(1), LeastWork));
        GradientHistogram[] own = [.. Enumerable.Range(0, pieces).Select(_ => pool.Rent())];
        FoundSplit?[] best = new FoundSplit?[pieces];
        workers.Run(pieces, piece =>
        {
            foreach (ref readonly TileFeatures tile in Workers.Share<TileFeatures>(tiles, pieces, piece))
            {
                ReadOnlySpan<TileFeatures> one = new(in tile);
                builder.Fill(own[piece], one, rows.AsSpan(node.Start, node.Count), pairs);
                best[piece] = FoundSplit.Better(best[piece], FindIn(node, one, own[piece]));
            }
        });
        Array.ForEach(own, pool.Return);
        node.Found = best.Aggregate(FoundSplit.Better);
    }

    private FoundSplit? FindIn(GrowthNode node, ReadOnlySpan<TileFeatures> own, GradientHistogram histogram)
    {
        FoundSplit? best = null;
        if (CanSplit(node))
        {
            foreach (TileFeatures tile in own)
            {
                foreach (int feature in tile.Features)
                {
                    best = finder.Find(feature, bins.Features[feature], histogram.Feature(feature), node, pairs, best);
                }
            }
        }

        return best;
    }
}
