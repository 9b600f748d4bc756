namespace Trainyard.Learning.Learners.Trees;

/// <summary>A set of bin numbers. Immutable.</summary>
internal sealed class BinSet
{
    private readonly bool[] members = new bool[FeatureBins.MaximumBins + 1];

    public BinSet(ReadOnlySpan<int> bins)
    {
        foreach (int bin in bins)
        {
            members[bin] = true;
        }
    }

    public bool Contains(int bin) => members[bin];
}
