using Trainyard.Learning.Data;
using Trainyard.Learning.Randomness;

namespace Trainyard.Learning.Models.Streaming;

/// <summary>Tells which rows of a file are learned from and which are held out; the same in every reading.</summary>
/// <param name="fraction">Share of the labelled rows to hold out.</param>
/// <param name="seed">The only source of randomness.</param>
internal sealed class RowParts(double fraction, ulong seed)
{
    private readonly ulong bound = (ulong)(fraction * (1UL << 53));
    private readonly ulong key = SplitMix64.Mix(seed);

    /// <summary>Splits some rows of a file.</summary>
    /// <param name="target">Their labels; null when it is not known yet which are there, and all count as there.</param>
    /// <param name="rowsBefore">Rows of the file before them.</param>
    /// <param name="count">How many they are.</param>
    public (int[] Training, int[] HeldOut) Split(Column? target, int rowsBefore, int count)
    {
        List<int> training = new(count);
        List<int> heldOut = [];
        for (int row = 0; row < count; row++)
        {
            if (target?.IsMissing(row) != true)
            {
                (IsHeldOut(rowsBefore + row) ? heldOut : training).Add(row);
            }
        }

        return ([.. training], [.. heldOut]);
    }

    /// <summary>Whether a row, counted from the file's first, is held out if it is labelled. Its number decides alone, so that neither blocks nor threads do.</summary>
    public bool IsHeldOut(int row) => SplitMix64.Mix(key + ((ulong)row * SplitMix64.Increment)) >> 11 < bound;
}
