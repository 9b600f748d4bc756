namespace Trainyard.Learning.Import;

/// <summary>Thresholds for models that round their inputs to 32 bits before they compare.</summary>
/// <remarks>
/// Of the doubles that round to a 32-bit number (to the nearest, of two equally near to the one whose last bit is 0), all
/// must go where that number goes. So the threshold is the last double that does not round past the original.
/// </remarks>
internal static class SingleThreshold
{
    /// <summary>The largest double that, rounded to 32 bits, is at most <paramref name="limit"/>.</summary>
    public static double AtMost(float limit)
    {
        if (float.IsPositiveInfinity(limit))
        {
            return double.PositiveInfinity;
        }

        double middle = (Wide(limit) / 2) + (Wide(float.BitIncrement(limit)) / 2);
        bool tieComesHere = (BitConverter.SingleToInt32Bits(limit) & 1) == 0;
        return tieComesHere ? middle : double.BitDecrement(middle);
    }

    /// <summary>The largest double that, rounded to 32 bits, is below <paramref name="limit"/>.</summary>
    public static double Below(float limit) => AtMost(float.BitDecrement(limit));

    /// <summary>In rounding, infinity stands where the next number of 32 bits would: at 2 to the power of 128.</summary>
    private static double Wide(float value) => float.IsInfinity(value) ? Math.CopySign(Math.ScaleB(1, 128), value) : value;
}
