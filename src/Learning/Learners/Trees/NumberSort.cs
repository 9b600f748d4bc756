using System.Buffers;
using System.Runtime.CompilerServices;

namespace Trainyard.Learning.Learners.Trees;

/// <summary>Sorts many numbers digit by digit, which needs no comparisons that a processor would mispredict.</summary>
/// <remarks>
/// Source: Knuth, The art of computer programming 3, section 5.2.5 (radix sorting from the least digit). A double's bits
/// order like whole numbers once the sign is turned over, and for negative numbers all other bits too.
/// </remarks>
internal static class NumberSort
{
    /// <summary>Numbers below which comparing is as fast.</summary>
    private const int LeastCount = 1 << 11;

    private const int DigitBits = 11;
    private const int Digits = (64 + DigitBits - 1) / DigitBits;
    private const int Buckets = 1 << DigitBits;
    private const ulong Sign = 1UL << 63;

    /// <summary>Sorts ascending.</summary>
    /// <param name="values">None of them <see cref="double.NaN"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sort(Span<double> values)
    {
        if (values.Length < LeastCount)
        {
            values.Sort();
            return;
        }

        ulong[] first = ArrayPool<ulong>.Shared.Rent(values.Length);
        ulong[] second = ArrayPool<ulong>.Shared.Rent(values.Length);
        Span<ulong> from = first.AsSpan(0, values.Length);
        Span<ulong> to = second.AsSpan(0, values.Length);
        int[] counts = new int[Digits * Buckets];
        for (int index = 0; index < from.Length; index++)
        {
            ulong bits = BitConverter.DoubleToUInt64Bits(values[index]);
            ulong key = (bits & Sign) != 0 ? ~bits : bits | Sign;
            from[index] = key;
            for (int digit = 0; digit < Digits; digit++)
            {
                counts[(digit * Buckets) + DigitOf(key, digit)]++;
            }
        }

        for (int digit = 0; digit < Digits; digit++)
        {
            Span<int> places = counts.AsSpan(digit * Buckets, Buckets);
            if (places[DigitOf(from[0], digit)] < from.Length)
            {
                Distribute(from, to, digit, places);
                Span<ulong> distributed = to;
                to = from;
                from = distributed;
            }
        }

        for (int index = 0; index < from.Length; index++)
        {
            ulong key = from[index];
            values[index] = BitConverter.UInt64BitsToDouble((key & Sign) != 0 ? key ^ Sign : ~key);
        }

        ArrayPool<ulong>.Shared.Return(first);
        ArrayPool<ulong>.Shared.Return(second);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Distribute(ReadOnlySpan<ulong> from, Span<ulong> to, int digit, Span<int> places)
    {
        int place = 0;
        foreach (ref int count in places)
        {
            (count, place) = (place, place + count);
        }

        foreach (ulong key in from)
        {
            to[places[DigitOf(key, digit)]++] = key;
        }
    }

    private static int DigitOf(ulong key, int digit) => (int)(key >> (digit * DigitBits)) & (Buckets - 1);
}
