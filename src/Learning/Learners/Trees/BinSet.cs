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

    /// <summary>The first bins of an order; with them those that it leaves out, categories of which a node has no rows, where most rows go.</summary>
    /// <param name="order">The bins that hold rows.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="valueBins">Bins there are.</param>
    /// <param name="mostRows">Whether most rows belong to the set.</param>
    public static BinSet FirstOf(int[] order, int count, int valueBins, bool mostRows)
    {
        ReadOnlySpan<int> first = order.AsSpan(0, count);
        return mostRows && order.Length < valueBins ? new BinSet([.. first, .. Enumerable.Range(0, valueBins).Except(order)]) : new BinSet(first);
    }

    public bool Contains(int bin) => members[bin];
}
