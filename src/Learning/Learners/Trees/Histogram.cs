namespace Trainyard.Learning.Learners.Trees;

/// <summary>Sums of pulls, Hessian and rows for every bin of every feature, over the rows of one node.</summary>
internal sealed class Histogram
{
    /// <summary>Additions between two looks at the token, for thousands of classes make one feature long: some milliseconds.</summary>
    private const int AdditionsPerLook = 1 << 22;

    private readonly HistogramLayout layout;
    private readonly double[] values;

    public Histogram(HistogramLayout layout)
    {
        this.layout = layout;
        values = new double[layout.Length];
    }

    /// <summary>The sums of one feature, bin by bin.</summary>
    public Span<double> Of(int feature) => layout.Of(values, feature);

    /// <summary>Fills one feature from the rows of a node. Rows are added in order, so the sums are the same at any thread count.</summary>
    public void Build(BinnedFeatures binned, int feature, ReadOnlySpan<int> rows, Targets targets, CancellationToken cancellationToken)
    {
        Span<double> sums = Of(feature);
        sums.Clear();
        ReadOnlySpan<byte> bins = binned.Column(feature);
        if (targets.Width == 1)
        {
            BuildSingle(sums, bins, rows, targets);
        }
        else
        {
            int rowsPerLook = Math.Max(1, AdditionsPerLook / targets.Width);
            for (int start = 0; start < rows.Length; start += rowsPerLook)
            {
                cancellationToken.ThrowIfCancellationRequested();
                BuildWide(sums, bins, rows.Slice(start, Math.Min(rowsPerLook, rows.Length - start)), targets);
            }
        }
    }

    /// <summary>Turns a parent's sums into those of one child by taking away the other's.</summary>
    public void Subtract(Histogram sibling, int feature)
    {
        Span<double> sums = Of(feature);
        ReadOnlySpan<double> taken = sibling.Of(feature);
        for (int index = 0; index < sums.Length; index++)
        {
            sums[index] -= taken[index];
        }
    }

    private static void BuildSingle(Span<double> sums, ReadOnlySpan<byte> bins, ReadOnlySpan<int> rows, Targets targets)
    {
        double[] pulls = targets.Pulls;
        double[] hessians = targets.Hessians;
        foreach (int row in rows)
        {
            Span<double> bin = sums.Slice(bins[row] * 3, 3);
            bin[0] += pulls[row];
            bin[1] += hessians[row];
            bin[2]++;
        }
    }

    private static void BuildWide(Span<double> sums, ReadOnlySpan<byte> bins, ReadOnlySpan<int> rows, Targets targets)
    {
        int width = targets.Width;
        int stride = HistogramLayout.StrideOf(width);
        foreach (int row in rows)
        {
            Span<double> bin = sums.Slice(bins[row] * stride, stride);
            ReadOnlySpan<double> pulls = targets.Pulls.AsSpan(row * width, width);
            for (int index = 0; index < pulls.Length; index++)
            {
                bin[index] += pulls[index];
            }

            bin[width] += targets.Hessians[row];
            bin[width + 1]++;
        }
    }
}
