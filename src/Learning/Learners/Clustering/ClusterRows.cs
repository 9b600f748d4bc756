using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Trainyard.Learning.Features;
using Trainyard.Learning.Learners.Dense;

namespace Trainyard.Learning.Learners.Clustering;

/// <summary>Rows to cluster: moved to their mean, for distances by way of products lose digits far from 0.</summary>
/// <remarks>Work on all rows is done in blocks whose bounds depend on the number of rows alone, so that sums are the same on any number of threads.</remarks>
internal sealed class ClusterRows
{
    /// <summary>Panels of a block at least: about 1 ms of work against tens of clusters.</summary>
    private const int LeastBlockPanels = 128;

    /// <summary>Blocks at most, as each has sums of its own for every cluster.</summary>
    private const int MaximumBlocks = 64;

    /// <summary>Values below which starting threads costs more than it saves.</summary>
    private const long ParallelThreshold = 1 << 17;

    private readonly double[] means;
    private readonly int blockPanels;
    private readonly ParallelOptions parallel;

    /// <summary>Refuses rows and settings whose copies and sums would not fit.</summary>
    /// <exception cref="LearningException"><c>fit_too_large</c>.</exception>
    public static void CheckMemory(ILearner learner, TrainingSet set, LearnerSettings settings, FitOptions options)
    {
        double centers = settings.Get(ClusterSettings.Clusters) * set.Features.FeatureCount;
        double sums = centers * Math.Clamp(set.Features.RowCount / (LeastBlockPanels * RowPanels.Lanes), 1, MaximumBlocks);
        FitMemory.Check(learner, set, options, ((double)set.Features.RowCount * set.Features.FeatureCount) + sums, sums);
    }

    public ClusterRows(FeatureMatrix matrix, double[] weights, ParallelOptions parallel)
        : this(matrix.RowCount, new double[matrix.FeatureCount], weights, parallel)
    {
        FiniteFeatures.Check(matrix, parallel.CancellationToken);
        double total = Vectors.Sum(weights);
        Run(means.Length, feature => means[feature] = Vectors.Dot(matrix.Column(feature), weights) / total);
        RunBlocks((_, first, end) => Panels.Fill(matrix, means, first, end));
        MeanVariance = means.Length == 0 ? 0 : Vectors.Dot(Norms, weights) / total / means.Length;
        if (!double.IsFinite(MeanVariance))
        {
            int widest = Enumerable.Range(0, means.Length).MaxBy(feature => matrix.Column(feature).ToArray().Max(Math.Abs));
            throw FiniteFeatures.TooWide(matrix.Features[widest]);
        }
    }

    private ClusterRows(int count, double[] means, double[] weights, ParallelOptions parallel)
    {
        this.means = means;
        this.parallel = parallel;
        Weights = weights;
        Panels = new RowPanels(count, means.Length);
        blockPanels = Math.Max(LeastBlockPanels, (Panels.PanelCount + MaximumBlocks - 1) / MaximumBlocks);
    }

    /// <summary>The rows, less the mean.</summary>
    public RowPanels Panels { get; }

    public double[] Weights { get; }

    /// <summary>Cancels the fit; to be looked at within a block too.</summary>
    public CancellationToken CancellationToken => parallel.CancellationToken;

    public int Count => Panels.Count;

    public int Width => means.Length;

    public int BlockCount => (Panels.PanelCount + blockPanels - 1) / blockPanels;

    /// <summary>The mean of the features' variances.</summary>
    public double MeanVariance { get; }

    private ReadOnlySpan<double> Norms => MemoryMarshal.Cast<Vector512<double>, double>(Panels.Norms)[..Count];

    /// <summary>Runs <paramref name="action"/> with every block, its first panel, and the panel behind its last.</summary>
    public void RunBlocks(Action<int, int, int> action) =>
        Run(BlockCount, block => action(block, block * blockPanels, Math.Min((block + 1) * blockPanels, Panels.PanelCount)));

    /// <summary>Room for <paramref name="count"/> of these rows, less the same mean; for one thread.</summary>
    public ClusterRows NewBatch(int count) =>
        new(count, means, new double[count], new ParallelOptions { MaxDegreeOfParallelism = 1, CancellationToken = parallel.CancellationToken });

    /// <summary>Replaces a batch's rows by some of another's.</summary>
    public void Take(ClusterRows source, ReadOnlySpan<int> rows)
    {
        Panels.Take(source.Panels, rows, CancellationToken);
        for (int row = 0; row < rows.Length; row++)
        {
            Weights[row] = source.Weights[rows[row]];
        }
    }

    /// <summary>Centres where the rows came from.</summary>
    public double[] MoveBack(double[] centers)
    {
        double[] moved = [.. centers];
        for (int index = 0; index < moved.Length; index++)
        {
            moved[index] += means[index % means.Length];
        }

        return moved;
    }

    private void Run(int count, Action<int> action)
    {
        if (parallel.MaxDegreeOfParallelism != 1 && (long)Count * Width >= ParallelThreshold)
        {
            Parallel.For(0, count, parallel, action);
            return;
        }

        for (int index = 0; index < count; index++)
        {
            parallel.CancellationToken.ThrowIfCancellationRequested();
            action(index);
        }
    }
}
