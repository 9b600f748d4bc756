namespace Trainyard.Learning.Calibration;

/// <summary>How often what was predicted with a probability happened, over ranges of the probability.</summary>
/// <remarks>Source: DeGroot and Fienberg, The comparison and evaluation of forecasters, The Statistician 32, 1983.</remarks>
public static class ReliabilityCurve
{
    /// <summary>Ranges by default.</summary>
    public const int DefaultBins = 10;

    /// <summary>The curve over ranges of equal width; those that hold no row are left out.</summary>
    /// <param name="probabilities">Of being positive, 0 to 1.</param>
    /// <param name="positive">Which rows are.</param>
    /// <param name="bins">Ranges from 0 to 1; at least 1. A probability on a border belongs below it, as in scikit-learn.</param>
    /// <exception cref="LearningException"><c>option_out_of_range</c>.</exception>
    /// <exception cref="ArgumentException">The lengths disagree.</exception>
    public static IReadOnlyList<ReliabilityBin> Of(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> positive, int bins = DefaultBins)
    {
        if (bins < 1)
        {
            throw new LearningException("option_out_of_range", $"There must be at least 1 bin, not {bins}.", nameof(bins));
        }

        if (probabilities.Length != positive.Length)
        {
            throw new ArgumentException($"{probabilities.Length} probabilities but {positive.Length} labels.", nameof(positive));
        }

        double[] sums = new double[bins];
        int[] positives = new int[bins];
        int[] counts = new int[bins];
        for (int row = 0; row < probabilities.Length; row++)
        {
            int bin = Math.Clamp((int)Math.Ceiling(probabilities[row] * bins) - 1, 0, bins - 1);
            sums[bin] += probabilities[row];
            positives[bin] += positive[row] ? 1 : 0;
            counts[bin]++;
        }

        return [.. Enumerable.Range(0, bins).Where(bin => counts[bin] > 0)
            .Select(bin => new ReliabilityBin(sums[bin] / counts[bin], (double)positives[bin] / counts[bin], counts[bin]))];
    }

    /// <summary>The mean distance between predicted and true share, weighted by rows: 0 when perfectly calibrated.</summary>
    /// <remarks>Expected calibration error: Naeini, Cooper and Hauskrecht, AAAI 2015.</remarks>
    public static double ExpectedError(IReadOnlyList<ReliabilityBin> curve)
    {
        double rows = curve.Sum(bin => bin.Count);
        return rows == 0 ? 0 : curve.Sum(bin => bin.Count / rows * Math.Abs(bin.MeanPredicted - bin.ShareOfPositives));
    }
}
