using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Trainyard.Learning.Learners.Trees;

namespace Trainyard.Learning.Learners.Boosting;

/// <summary>Rows with the scores that the trees so far give them.</summary>
internal sealed class BoostedRows
{
    /// <summary>Rows of one piece of work; fixed, so that sums of doubles are grouped the same way on any number of threads.</summary>
    private const int ChunkRows = 1 << 13;

    /// <summary>Rows that are derived at a time: two arrays of 4 KiB.</summary>
    private const int BlockRows = 512;

    private readonly double[] labels;
    private readonly double[]? weights;
    private readonly IObjective objective;
    private readonly Workers workers;
    private readonly double[][] scores;

    public BoostedRows(TrainingSet set, PackedBins bins, IObjective objective, Workers workers)
    {
        Bins = bins;
        labels = set.Labels;
        weights = set.Weights;
        this.objective = objective;
        this.workers = workers;
        scores = new double[objective.ScoreCount][];
        for (int index = 0; index < scores.Length; index++)
        {
            workers.Parallel.CancellationToken.ThrowIfCancellationRequested();
            scores[index] = new double[labels.Length];
        }
    }

    public PackedBins Bins { get; }

    public int Count => labels.Length;

    public int ScoreCount => scores.Length;

    private int ChunkCount => (labels.Length + ChunkRows - 1) / ChunkRows;

    public double[] WeightsOrOnes() => weights ?? [.. Enumerable.Repeat(1.0, labels.Length)];

    public void Start(double[] baseline)
    {
        for (int index = 0; index < scores.Length; index++)
        {
            workers.Parallel.CancellationToken.ThrowIfCancellationRequested();
            Array.Fill(scores[index], baseline[index]);
        }
    }

    /// <summary>Sets a new tree's leaves to what the objective finds best for their rows, where it has an opinion.</summary>
    public void Renew(BoostedTree tree)
    {
        if (objective is not ILeafObjective renewing)
        {
            return;
        }

        workers.Run(tree.Leaves.Count, leaf =>
        {
            ReadOnlySpan<int> rows = tree.RowsOf(leaf);
            double[] residuals = new double[rows.Length];
            double[] own = new double[rows.Length];
            for (int index = 0; index < rows.Length; index++)
            {
                residuals[index] = labels[rows[index]] - scores[0][rows[index]];
                own[index] = weights?[rows[index]] ?? 1;
            }

            tree.Tree.Leaves[leaf][0] = renewing.Leaf(residuals, own);
        });
    }

    /// <summary>Adds a tree's leaves to one score of every row by walking down.</summary>
    public void Add(GrownTree tree, int score)
    {
        double[] sums = scores[score];
        workers.Run(ChunkCount, chunk =>
        {
            for (int row = chunk * ChunkRows; row < Math.Min(sums.Length, (chunk + 1) * ChunkRows); row++)
            {
                sums[row] += tree.LeafOf(Bins, row)[0];
            }
        });
    }

    /// <summary>Adds a tree's leaves to one score of every row, when the tree was grown on all of them.</summary>
    public void AddOwn(BoostedTree tree, int score)
    {
        double[] sums = scores[score];
        workers.Run(tree.Leaves.Count, leaf => Add(tree.Tree.Leaves[leaf][0], tree.RowsOf(leaf), sums));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(double value, ReadOnlySpan<int> rows, double[] sums)
    {
        foreach (int row in rows)
        {
            sums[row] += value;
        }
    }

    /// <summary>Fills the pairs of the next round, one list per score; returns the mean loss before it when asked for.</summary>
    public double? Derive(GradientPairs[] pairs, bool wantsLoss)
    {
        DerivedChunk[] chunks = new DerivedChunk[ChunkCount];
        workers.Run(chunks.Length, chunk => chunks[chunk] = DeriveChunk(pairs, chunk * ChunkRows, wantsLoss));
        for (int score = 0; score < pairs.Length; score++)
        {
            pairs[score].Scale(chunks.Max(chunk => chunk.Pulls[score]), chunks.Max(chunk => chunk.Hessians[score]));
        }

        workers.Run(chunks.Length, chunk =>
        {
            int start = chunk * ChunkRows;
            foreach (GradientPairs each in pairs)
            {
                workers.Parallel.CancellationToken.ThrowIfCancellationRequested();
                each.Fix(start, Math.Min(ChunkRows, labels.Length - start));
            }
        });
        return wantsLoss ? chunks.Sum(chunk => chunk.Loss) / chunks.Sum(chunk => chunk.Weight) : null;
    }

    /// <summary>The weighted mean loss of the current scores.</summary>
    public double MeanLoss()
    {
        (double Loss, double Weight)[] chunks = new (double, double)[ChunkCount];
        workers.Run(chunks.Length, chunk =>
        {
            Span<double> current = new double[scores.Length];
            for (int row = chunk * ChunkRows; row < Math.Min(labels.Length, (chunk + 1) * ChunkRows); row++)
            {
                CopyScores(row, current);
                double weight = weights?[row] ?? 1;
                chunks[chunk].Loss += weight * objective.Loss(labels[row], current);
                chunks[chunk].Weight += weight;
            }
        });
        return chunks.Sum(chunk => chunk.Loss) / chunks.Sum(chunk => chunk.Weight);
    }

    private DerivedChunk DeriveChunk(GradientPairs[] pairs, int start, bool wantsLoss)
    {
        DerivedChunk result = new(new double[scores.Length], new double[scores.Length]);
        int end = Math.Min(labels.Length, start + ChunkRows);
        if (wantsLoss)
        {
            AddLoss(result, start, end);
        }

        if (scores.Length == 1)
        {
            DeriveSingle(pairs[0], start, end, result);
        }
        else
        {
            DeriveSeveral(pairs, start, end, result);
        }

        return result;
    }

    private void AddLoss(DerivedChunk result, int start, int end)
    {
        Span<double> current = new double[scores.Length];
        for (int row = start; row < end; row++)
        {
            CopyScores(row, current);
            double weight = weights?[row] ?? 1;
            result.Loss += weight * objective.Loss(labels[row], current);
            result.Weight += weight;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DeriveSingle(GradientPairs pairs, int start, int end, DerivedChunk result)
    {
        Span<double> pulls = stackalloc double[BlockRows];
        Span<double> hessians = stackalloc double[BlockRows];
        Vector128<double> largest = Vector128<double>.Zero;
        for (int first = start; first < end; first += BlockRows)
        {
            int count = Math.Min(BlockRows, end - first);
            objective.DeriveRows(labels.AsSpan(first, count), scores[0].AsSpan(first, count), pulls, hessians);
            Span<Vector128<double>> raw = pairs.Raw.Slice(first, count);
            for (int row = 0; row < count; row++)
            {
                Vector128<double> pair = Vector128.Create(pulls[row], hessians[row]) * (weights?[first + row] ?? 1);
                raw[row] = pair;
                largest = Vector128.Max(largest, Vector128.Abs(pair));
            }
        }

        (result.Pulls[0], result.Hessians[0]) = (largest.GetElement(0), largest.GetElement(1));
    }

    private void DeriveSeveral(GradientPairs[] pairs, int start, int end, DerivedChunk result)
    {
        int width = scores.Length;
        Span<double> buffer = new double[3 * width];
        Span<double> current = buffer[..width];
        Span<double> pulls = buffer.Slice(width, width);
        Span<double> hessians = buffer[(2 * width)..];
        for (int row = start; row < end; row++)
        {
            CopyScores(row, current);
            objective.Derive(labels[row], current, pulls, hessians);
            for (int score = 0; score < width; score++)
            {
                Vector128<double> pair = Vector128.Create(pulls[score], hessians[score]) * (weights?[row] ?? 1);
                pairs[score].Raw[row] = pair;
                result.Pulls[score] = Math.Max(result.Pulls[score], Math.Abs(pair.GetElement(0)));
                result.Hessians[score] = Math.Max(result.Hessians[score], pair.GetElement(1));
            }
        }
    }

    private void CopyScores(int row, Span<double> destination)
    {
        // A chunk of rows with thousands of scores each is long.
        workers.Parallel.CancellationToken.ThrowIfCancellationRequested();
        for (int index = 0; index < destination.Length; index++)
        {
            destination[index] = scores[index][row];
        }
    }

    /// <summary>What deriving one chunk found: the largest magnitude per score, and its loss.</summary>
    private sealed record DerivedChunk(double[] Pulls, double[] Hessians)
    {
        public double Loss { get; set; }

        public double Weight { get; set; }
    }
}
