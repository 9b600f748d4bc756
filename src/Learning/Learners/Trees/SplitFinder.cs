using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>Finds the best split of one feature from its histogram. Holds scratch space: one per thread.</summary>
/// <remarks>
/// Gain = ½ (Σ Gₗ² / (Hₗ + λ) + Σ Gᵣ² / (Hᵣ + λ) - Σ G² / (H + λ)): Chen and Guestrin, XGBoost, KDD 2016, equation 7,
/// summed over the pulls. The direction of missing values is learned by trying both (same, algorithm 3). Categories are
/// put in the order of their mean pull and cut like numbers, which is exact for one pull (Fisher, 1958) and a heuristic
/// for several, where the order by each is tried. Extra trees (Geurts, Ernst and Wehenkel, Machine Learning 63, 2006) try a
/// single cut of each feature instead, drawn between the node's least and greatest value.
/// </remarks>
internal sealed class SplitFinder
{
    /// <summary>Gains below this share of the node's own score are rounding errors, not structure.</summary>
    public const double RelativeNoise = 1e-12;

    private const int EveryCut = -1;

    private readonly GrowerOptions options;
    private readonly int width;
    private readonly int stride;
    private readonly double[] left;
    private readonly double[] right;
    private readonly double[] total;
    private double parentScore;
    private double bestGain;

    public SplitFinder(GrowerOptions options, HistogramLayout layout)
    {
        this.options = options;
        width = layout.Width;
        stride = layout.Stride;
        left = new double[stride];
        right = new double[stride];
        total = new double[stride];
    }

    /// <summary>The best split of <paramref name="feature"/>, or null when none gains anything.</summary>
    /// <param name="feature">The feature's index.</param>
    /// <param name="bins">Its bins.</param>
    /// <param name="sums">Its part of the node's histogram.</param>
    /// <param name="draw">Draws the only set of categories to try; null to try all cuts. Random cuts of numbers are <see cref="RandomCut"/>'s.</param>
    public Split? Find(int feature, FeatureBins bins, ReadOnlySpan<double> sums, DeterministicRandom? draw = null)
    {
        total.AsSpan().Clear();
        for (int bin = 0; bin <= bins.MissingBin; bin++)
        {
            Add(total, sums.Slice(bin * stride, stride));
        }

        parentScore = Score(total);
        bestGain = Math.Max(options.MinimumGain, RelativeNoise * parentScore);
        return bins.IsCategory ? FindCategories(feature, bins, sums, draw) : FindNumber(feature, bins, sums);
    }

    /// <summary>The split at one cut of a number, or null when it gains nothing.</summary>
    /// <param name="feature">The feature's index.</param>
    /// <param name="cut">The last bin that goes left, and the largest value that does.</param>
    /// <param name="sums">Sums of the rows up to the cut, of those above it, and of those where the value is missing.</param>
    public Split? FindAt(int feature, (int Bin, double Threshold) cut, ReadOnlySpan<double> sums)
    {
        total.AsSpan().Clear();
        for (int start = 0; start < sums.Length; start += stride)
        {
            Add(total, sums.Slice(start, stride));
        }

        parentScore = Score(total);
        bestGain = Math.Max(options.MinimumGain, RelativeNoise * parentScore);
        Split? best = null;
        ReadOnlySpan<double> missing = sums[(2 * stride)..];
        bool hasMissing = Rows(missing) > 0;
        for (int pass = 0; pass <= (hasMissing ? 1 : 0); pass++)
        {
            bool missingLeft = pass == 1;
            Start(missingLeft, missing);
            Add(left, sums[..stride]);
            if (Improves())
            {
                best = new Split(feature, bestGain, cut.Bin, null, hasMissing ? missingLeft : MoreRowsLeft()) { Threshold = cut.Threshold };
            }
        }

        return best;
    }

    private Split? FindNumber(int feature, FeatureBins bins, ReadOnlySpan<double> sums)
    {
        Split? best = null;
        ReadOnlySpan<double> missing = sums.Slice(bins.MissingBin * stride, stride);
        bool hasMissing = Rows(missing) > 0;
        for (int pass = 0; pass <= (hasMissing ? 1 : 0); pass++)
        {
            bool missingLeft = pass == 1;
            Start(missingLeft, missing);
            int last = missingLeft ? bins.ValueBins - 1 : bins.ValueBins;
            for (int bin = 0; bin < last; bin++)
            {
                ReadOnlySpan<double> current = sums.Slice(bin * stride, stride);
                if (Rows(current) == 0)
                {
                    continue;
                }

                Add(left, current);
                if (Improves())
                {
                    best = new Split(feature, bestGain, bin, null, hasMissing ? missingLeft : MoreRowsLeft());
                }
            }
        }

        return best is null ? null : Center(best, bins, sums);
    }

    /// <summary>Moves a cut to the middle between the node's own values on both sides, of which bins between that are empty know nothing.</summary>
    private Split Center(Split split, FeatureBins bins, ReadOnlySpan<double> sums)
    {
        for (int next = split.Bin + 1; next < bins.ValueBins; next++)
        {
            if (Rows(sums.Slice(next * stride, stride)) > 0)
            {
                (int bin, double threshold) = bins.CutBetween(split.Bin, next);
                return split with { Bin = bin, Threshold = threshold };
            }
        }

        return split;
    }

    private Split? FindCategories(int feature, FeatureBins bins, ReadOnlySpan<double> sums, DeterministicRandom? draw)
    {
        Split? best = null;
        ReadOnlySpan<double> missing = sums.Slice(bins.MissingBin * stride, stride);
        bool hasMissing = Rows(missing) > 0;
        for (int pull = 0; pull < (draw is null ? width : 1); pull++)
        {
            int[] order = Order(bins, sums, pull);
            int drawn = EveryCut;
            if (draw is not null)
            {
                draw.Shuffle(order);
                drawn = order.Length > 1 ? draw.NextInt(order.Length - 1) : 0;
            }

            for (int pass = 0; pass <= (hasMissing ? 1 : 0); pass++)
            {
                bool missingLeft = pass == 1;
                Start(missingLeft, missing);
                for (int index = 0; index < order.Length; index++)
                {
                    Add(left, sums.Slice(order[index] * stride, stride));
                    if ((drawn == EveryCut || index == drawn) && Improves())
                    {
                        best = new Split(feature, bestGain, 0, BinSet.FirstOf(order, index + 1, bins.ValueBins, MoreRowsLeft()), hasMissing ? missingLeft : MoreRowsLeft());
                    }
                }
            }
        }

        return best;
    }

    /// <summary>The bins that hold rows, by their mean pull; equal ones by number.</summary>
    private int[] Order(FeatureBins bins, ReadOnlySpan<double> sums, int pull)
    {
        double[] means = new double[bins.ValueBins];
        List<int> present = [];
        for (int bin = 0; bin < bins.ValueBins; bin++)
        {
            ReadOnlySpan<double> current = sums.Slice(bin * stride, stride);
            if (Rows(current) > 0)
            {
                means[bin] = Quotient(current[pull], current[width] + options.CategorySmoothing);
                present.Add(bin);
            }
        }

        return [.. present.OrderBy(bin => means[bin]).ThenBy(bin => bin)];
    }

    private void Start(bool missingLeft, ReadOnlySpan<double> missing)
    {
        left.AsSpan().Clear();
        if (missingLeft)
        {
            Add(left, missing);
        }
    }

    /// <summary>True, and the best gain moves up, when what is left of the cut makes an allowed and better split.</summary>
    private bool Improves()
    {
        double leftRows = left[width + 1];
        double rightRows = total[width + 1] - leftRows;
        if (leftRows < options.MinimumRowsPerLeaf || rightRows < options.MinimumRowsPerLeaf || rightRows < 1)
        {
            return false;
        }

        double rightHessian = total[width] - left[width];
        if (left[width] < options.MinimumChildWeight || rightHessian < options.MinimumChildWeight)
        {
            return false;
        }

        for (int index = 0; index <= width; index++)
        {
            right[index] = total[index] - left[index];
        }

        double gain = 0.5 * (Score(left) + Score(right) - parentScore);
        if (!(gain > bestGain))
        {
            return false;
        }

        bestGain = gain;
        return true;
    }

    private bool MoreRowsLeft() => left[width + 1] > total[width + 1] - left[width + 1];

    private double Rows(ReadOnlySpan<double> bin) => bin[width + 1];

    private double Score(double[] sums)
    {
        double squares = 0;
        for (int index = 0; index < width; index++)
        {
            squares += sums[index] * sums[index];
        }

        return Quotient(squares, sums[width] + options.L2);
    }

    // A Hessian of 0 (rows of weight 0, or sure predictions) has no pull either.
    private static double Quotient(double part, double whole) => whole > 0 ? part / whole : 0;

    private void Add(double[] sums, ReadOnlySpan<double> bin)
    {
        for (int index = 0; index < stride; index++)
        {
            sums[index] += bin[index];
        }
    }
}
