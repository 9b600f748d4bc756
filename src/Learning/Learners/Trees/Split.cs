namespace Trainyard.Learning.Learners.Trees;

/// <summary>The best way found to divide a node's rows in two.</summary>
/// <param name="Feature">The feature asked.</param>
/// <param name="Gain">How much better the two halves fit; above 0.</param>
/// <param name="Bin">Numbers: bins up to this go left.</param>
/// <param name="LeftBins">Categories: the bins that go left; null for numbers.</param>
/// <param name="MissingLeft">True when the missing bin goes left.</param>
internal sealed record Split(int Feature, double Gain, int Bin, BinSet? LeftBins, bool MissingLeft)
{
    /// <summary>Numbers: the largest value that goes left, where it is not the upper bound of <see cref="Bin"/>; no row that was binned lies between the two.</summary>
    public double? Threshold { get; init; }

    public bool GoesLeft(FeatureBins feature, int bin)
    {
        if (bin == feature.MissingBin)
        {
            return MissingLeft;
        }

        return LeftBins is null ? bin <= Bin : LeftBins.Contains(bin);
    }
}
