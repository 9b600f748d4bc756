namespace Trainyard.Domain.Evidence;

/// <summary>The population stability index of what two versions put out: by label, or by tenths of the numbers of the first.</summary>
public static class OutputStability
{
    // As scorecards have it.
    private const int Parts = 10;

    /// <summary>The index; 0 for equal distributions.</summary>
    public static double Of(OutputCounts expected, OutputCounts actual)
    {
        (long[] first, long[] second) = OutputCounts.Align(expected, actual);
        return expected.Numbers.Total == 0 ? PopulationStability.Of(first, second) : OfNumbers(first, second);
    }

    // Neighbouring cells are one part until it holds a tenth of what was expected.
    private static double OfNumbers(long[] first, long[] second)
    {
        long total = first.Sum();
        List<long> expected = [];
        List<long> actual = [];
        (long one, long other, long seen) = (0, 0, 0);
        for (int cell = 0; cell < first.Length; cell++)
        {
            one += first[cell];
            other += second[cell];
            seen += first[cell];
            if (seen * Parts >= total * (expected.Count + 1) && seen < total)
            {
                expected.Add(one);
                actual.Add(other);
                (one, other) = (0, 0);
            }
        }

        return PopulationStability.Of([.. expected, one], [.. actual, other]);
    }
}
