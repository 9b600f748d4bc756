namespace Trainyard.Domain.Evidence;

/// <summary>The population stability index of two distributions over the same cells.</summary>
/// <remarks>
/// Σ (q − p) ln(q / p), Jeffreys' symmetric divergence, as used for scorecards (Siddiqi, Credit risk scorecards, 2006): below 0.1 little
/// has moved, above 0.25 much has. Half a count is added to every cell, so that an empty one has a finite part.
/// </remarks>
public static class PopulationStability
{
    private const double Half = 0.5;

    /// <summary>The index; 0 for equal distributions, and while either has nothing.</summary>
    /// <param name="expected">Counts of one.</param>
    /// <param name="actual">Counts of the other, of the same cells.</param>
    public static double Of(ReadOnlySpan<long> expected, ReadOnlySpan<long> actual)
    {
        if (actual.Length != expected.Length)
        {
            throw new ArgumentException("Both must have the same cells.", nameof(actual));
        }

        (double ofExpected, double ofActual) = (Sum(expected), Sum(actual));
        if (ofExpected == 0 || ofActual == 0)
        {
            return 0;
        }

        double index = 0;
        for (int cell = 0; cell < expected.Length; cell++)
        {
            double p = (expected[cell] + Half) / (ofExpected + (Half * expected.Length));
            double q = (actual[cell] + Half) / (ofActual + (Half * expected.Length));
            index += (q - p) * Math.Log(q / p);
        }

        return index;
    }

    private static double Sum(ReadOnlySpan<long> counts)
    {
        double sum = 0;
        foreach (long count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
