using System.Buffers;
using System.Runtime.CompilerServices;
using Trainyard.Learning.Features;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>How one feature's values fall into at most 255 bins; one more holds the missing values.</summary>
/// <remarks>
/// Numbers: cuts at quantiles, as LightGBM does (Ke et al., NIPS 2017, section 2); with no more distinct values than
/// bins, every gap between two neighbours is cut in its middle, so that nothing is lost. Categories: a bin each for the
/// most frequent; the rest count as missing.
/// </remarks>
internal sealed class FeatureBins
{
    /// <summary>So that a bin's number, the missing one included, fits one byte.</summary>
    public const int MaximumBins = 255;

    /// <summary>Rows that quantiles are taken from at most (default: LightGBM's bin_construct_sample_cnt).</summary>
    internal const int QuantileRows = 200_000;

    /// <summary>The power of two above the number of cuts.</summary>
    private const int SearchLength = MaximumBins + 1;

    private const ulong SampleSeed = 1;

    private readonly double[] cuts;
    private readonly BinEdges edges;
    private readonly int[] binOfCategory;

    private FeatureBins(double[] cuts, BinEdges edges, int[] categoryOfBin, int[] binOfCategory, int valueBins)
    {
        this.cuts = cuts;
        this.edges = edges;
        CategoryOfBin = categoryOfBin;
        this.binOfCategory = binOfCategory;
        ValueBins = valueBins;
    }

    /// <summary>Bins for values; 0 when the feature is missing everywhere.</summary>
    public int ValueBins { get; }

    /// <summary>The bin of missing values, behind all others.</summary>
    public int MissingBin => ValueBins;

    public bool IsCategory => binOfCategory.Length > 0;

    public int Cardinality => binOfCategory.Length;

    /// <summary>The category that each bin stands for; empty for numbers.</summary>
    public int[] CategoryOfBin { get; }

    /// <summary>The largest number that falls into <paramref name="bin"/>; infinity for the last.</summary>
    public double UpperBound(int bin) => bin < cuts.Length ? cuts[bin] : double.PositiveInfinity;

    /// <summary>The least value of <paramref name="bin"/>.</summary>
    public double Least(int bin) => edges.Least[bin];

    /// <summary>The greatest value of <paramref name="bin"/>.</summary>
    public double Greatest(int bin) => edges.Greatest[bin];

    /// <summary>The cut that parts rows at <paramref name="value"/>, or as near to it as bins allow.</summary>
    /// <param name="value">Where to cut.</param>
    /// <param name="first">The first bin that may be the last to go left.</param>
    /// <param name="last">The last bin that may be.</param>
    /// <returns>The last bin that goes left, and the threshold: <paramref name="value"/> itself unless it falls within a bin.</returns>
    public (int Bin, double Threshold) CutAt(double value, int first, int last)
    {
        int bin = first;
        while (bin < last && value >= Least(bin + 1))
        {
            bin++;
        }

        bool isBetween = value >= Greatest(bin) && value < Least(bin + 1);
        return (bin, isBetween ? value : UpperBound(bin));
    }

    /// <summary>The cut in the middle between the values of two bins, of which only bins without rows lie between.</summary>
    public (int Bin, double Threshold) CutBetween(int lower, int upper) => CutAt(Middle(Greatest(lower), Least(upper)), lower, upper - 1);

    /// <summary>The bin of a category; <see cref="MissingBin"/> for one without a bin of its own.</summary>
    public int BinOfCategory(int category) => binOfCategory[category];

    public static FeatureBins Of(FeatureInfo feature, ReadOnlySpan<double> values, int maximumBins) =>
        feature.Kind == FeatureKind.Category && feature.Cardinality > 0
            ? OfCategories(values, feature.Cardinality, maximumBins)
            : OfNumbers(values, maximumBins);

    /// <summary>Chooses the bins of every feature of <paramref name="matrix"/>.</summary>
    public static FeatureBins[] Choose(FeatureMatrix matrix, int maximumBins, ParallelOptions parallel)
    {
        FeatureBins[] features = new FeatureBins[matrix.FeatureCount];
        Parallel.For(0, features.Length, parallel, feature => features[feature] = Of(matrix.Features[feature], matrix.Column(feature), maximumBins));
        return features;
    }

    /// <summary>The bin of each of <paramref name="values"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(Span<byte> bins, ReadOnlySpan<double> values)
    {
        values = values[..bins.Length];
        if (IsCategory)
        {
            for (int row = 0; row < bins.Length; row++)
            {
                bins[row] = BinOf(values[row]);
            }

            return;
        }

        Span<double> padded = stackalloc double[SearchLength];
        padded.Fill(double.PositiveInfinity);
        cuts.CopyTo(padded);
        for (int row = 0; row < bins.Length; row++)
        {
            double value = values[row];
            bins[row] = (byte)(double.IsNaN(value) ? MissingBin : Math.Min(CountBelow(padded, value), MissingBin));
        }
    }

    public byte BinOf(double value)
    {
        if (double.IsNaN(value))
        {
            return (byte)MissingBin;
        }

        if (IsCategory)
        {
            return (byte)(value >= 0 && value < binOfCategory.Length ? binOfCategory[(int)value] : MissingBin);
        }

        int low = 0;
        int high = cuts.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (value <= cuts[middle])
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return (byte)Math.Min(low, MissingBin);
    }

    // Buffers are shared between features: a new one for each would stay as garbage that outweighs the bins.
    private static FeatureBins OfNumbers(ReadOnlySpan<double> values, int maximumBins)
    {
        double[] buffer = ArrayPool<double>.Shared.Rent(Math.Min(values.Length, QuantileRows));
        Span<double> sorted = buffer.AsSpan(0, values.Length > QuantileRows ? Sample(values, buffer) : Present(values, buffer));
        NumberSort.Sort(sorted);
        List<double> chosen = sorted.IsEmpty ? [] : Quantiles(sorted, CountDistinct(sorted), maximumBins);
        double[] parting = [.. chosen];

        // Rows that are no part of a sample may lie between the values on both sides of a cut.
        BinEdges known = values.Length > QuantileRows ? BinEdges.AtCuts(sorted, parting) : BinEdges.AtValues(sorted, parting);
        FeatureBins bins = new(parting, known, [], [], sorted.IsEmpty ? 0 : parting.Length + 1);
        ArrayPool<double>.Shared.Return(buffer);
        return bins;
    }

    /// <summary>Copies what is not missing; returns how many that is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Present(ReadOnlySpan<double> values, Span<double> present)
    {
        int count = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                present[count++] = value;
            }
        }

        return count;
    }

    /// <summary>One row of every stretch of equal length, at a place that follows no period of the data; returns how many are not missing.</summary>
    private static int Sample(ReadOnlySpan<double> values, Span<double> present)
    {
        DeterministicRandom random = new(SampleSeed);
        int count = 0;
        for (int index = 0; index < QuantileRows; index++)
        {
            int start = (int)((long)values.Length * index / QuantileRows);
            int end = (int)((long)values.Length * (index + 1) / QuantileRows);
            double value = values[start + random.NextInt(end - start)];
            if (!double.IsNaN(value))
            {
                present[count++] = value;
            }
        }

        return count;
    }

    /// <summary>How many of the ascending <paramref name="padded"/> lie below <paramref name="value"/>, without a branch to mispredict.</summary>
    private static int CountBelow(ReadOnlySpan<double> padded, double value)
    {
        int position = 0;
        for (int step = SearchLength / 2; step > 0; step /= 2)
        {
            position += step & -(padded[position + step - 1] < value ? 1 : 0);
        }

        return position;
    }

    /// <summary>Closes a bin as soon as it holds its share of the rows that are left for the bins that are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static List<double> Quantiles(ReadOnlySpan<double> sorted, int distinct, int maximumBins)
    {
        List<double> chosen = [];
        bool exact = distinct <= maximumBins;
        int binStart = 0;
        for (int index = 1; index < sorted.Length && chosen.Count < maximumBins - 1; index++)
        {
            if (sorted[index] == sorted[index - 1])
            {
                continue;
            }

            int binsLeft = maximumBins - chosen.Count;
            if (exact || (long)(index - binStart) * binsLeft >= sorted.Length - binStart)
            {
                chosen.Add(Middle(sorted[index - 1], sorted[index]));
                binStart = index;
            }
        }

        return chosen;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CountDistinct(ReadOnlySpan<double> sorted)
    {
        int distinct = 1;
        for (int index = 1; index < sorted.Length; index++)
        {
            distinct += sorted[index] == sorted[index - 1] ? 0 : 1;
        }

        return distinct;
    }

    // The middle may round to the upper value, or not exist between infinities; the lower value separates as well.
    private static double Middle(double lower, double upper)
    {
        double middle = (lower / 2) + (upper / 2);
        return middle > lower && middle < upper ? middle : lower;
    }

    private static FeatureBins OfCategories(ReadOnlySpan<double> values, int cardinality, int maximumBins)
    {
        int[] counts = new int[cardinality];
        foreach (double value in values)
        {
            if (value >= 0 && value < cardinality)
            {
                counts[(int)value]++;
            }
        }

        int[] frequent = [.. Enumerable.Range(0, cardinality).Where(category => counts[category] > 0).OrderByDescending(category => counts[category]).ThenBy(category => category).Take(maximumBins)];
        int[] bins = new int[cardinality];
        Array.Fill(bins, frequent.Length);
        for (int bin = 0; bin < frequent.Length; bin++)
        {
            bins[frequent[bin]] = bin;
        }

        return new FeatureBins([], BinEdges.None, frequent, bins, frequent.Length);
    }
}
