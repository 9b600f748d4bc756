namespace Trainyard.Learning.Learners.Trees;

/// <summary>Where each feature's bins lie in a histogram. A bin is its pulls, its Hessian and its number of rows.</summary>
internal sealed class HistogramLayout
{
    private readonly int[] starts;
    private readonly int[] lengths;

    private HistogramLayout(int width, int[] starts, int[] lengths, int length)
    {
        Width = width;
        this.starts = starts;
        this.lengths = lengths;
        Length = length;
    }

    public int Width { get; }

    public int Stride => StrideOf(Width);

    public int Length { get; }

    public static int StrideOf(int width) => width + 2;

    /// <summary>A place of its own for each feature.</summary>
    public static HistogramLayout Separate(BinnedFeatures binned, int width)
    {
        int[] sizes = Lengths(binned, width);
        int[] places = new int[sizes.Length];
        int end = 0;
        for (int feature = 0; feature < sizes.Length; feature++)
        {
            places[feature] = end;
            end += sizes[feature];
        }

        return new HistogramLayout(width, places, sizes, end);
    }

    /// <summary>One place for all features: what fits memory when there are very many of them. Only one can be looked at at a time.</summary>
    public static HistogramLayout Shared(BinnedFeatures binned, int width)
    {
        int[] sizes = Lengths(binned, width);
        return new HistogramLayout(width, new int[sizes.Length], sizes, sizes.DefaultIfEmpty(0).Max());
    }

    /// <summary>Bytes of one histogram in which every feature has its own place.</summary>
    public static long SeparateBytes(BinnedFeatures binned, int width) =>
        Lengths(binned, width).Sum(length => (long)length) * sizeof(double);

    public Span<double> Of(double[] values, int feature) => values.AsSpan(starts[feature], lengths[feature]);

    private static int[] Lengths(BinnedFeatures binned, int width) =>
        Array.ConvertAll(binned.Features, feature => (feature.ValueBins + 1) * StrideOf(width));
}
