namespace Trainyard.Learning.Concurrency;

/// <summary>Sorts so many keys that one sort would keep a cancellation waiting.</summary>
internal static class CancellableSort
{
    /// <summary>Keys that are sorted between two looks at the token: some 20 ms.</summary>
    private const int MaximumPiece = 1 << 17;

    /// <summary>Sorts keys ascending, and items along with them; of equal keys the order is the same every time.</summary>
    /// <param name="keys">What is compared; none of them <see cref="double.NaN"/>.</param>
    /// <param name="items">One per key.</param>
    /// <param name="cancellationToken">Observed before every piece and every merge.</param>
    public static void Sort<T>(Span<double> keys, Span<T> items, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (keys.Length <= MaximumPiece)
        {
            keys.Sort(items);
            return;
        }

        int middle = keys.Length / 2;
        Sort(keys[..middle], items[..middle], cancellationToken);
        Sort(keys[middle..], items[middle..], cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        Merge(keys, items, middle);
    }

    /// <summary>Merges two sorted halves; of equal keys those of the first come first.</summary>
    private static void Merge<T>(Span<double> keys, Span<T> items, int middle)
    {
        double[] firstKeys = keys[..middle].ToArray();
        T[] firstItems = items[..middle].ToArray();
        int left = 0;
        int right = middle;
        for (int place = 0; left < middle; place++)
        {
            bool takesLeft = right == keys.Length || firstKeys[left] <= keys[right];
            (keys[place], items[place]) = takesLeft ? (firstKeys[left], firstItems[left]) : (keys[right], items[right]);
            (left, right) = takesLeft ? (left + 1, right) : (left, right + 1);
        }
    }
}
