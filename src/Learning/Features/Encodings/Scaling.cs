using Trainyard.Learning.Data;

namespace Trainyard.Learning.Features.Encodings;

/// <summary>Fills and standardises a number: (value - mean) / scale.</summary>
internal sealed record Scaling
{
    /// <summary>
    /// Where a standardised number is cut off: far past any value that a fit has seen, and small enough that a learner's
    /// sums stay finite whatever a client sends.
    /// </summary>
    public const double MaxStandardized = 1e15;

    /// <param name="fill">Stands in for a missing value; null keeps it missing.</param>
    /// <param name="mean">Subtracted.</param>
    /// <param name="scale">Divided by; null leaves the number as it is.</param>
    public Scaling(double? fill, double mean, double? scale)
    {
        bool usable = double.IsFinite(fill ?? 0) && double.IsFinite(mean) && double.IsFinite(scale ?? 1) && scale is not 0;
        if (!usable)
        {
            throw new ArgumentException($"Fill {fill}, mean {mean} and scale {scale} must be finite, and the scale not 0.", nameof(scale));
        }

        (Fill, Mean, Scale) = (fill, mean, scale);
    }

    public double? Fill { get; }

    public double Mean { get; }

    public double? Scale { get; }

    /// <summary>Learns from the values that are not <see cref="double.NaN"/>, of which there is at least one.</summary>
    public static Scaling Fit(double[] values, FeatureNeeds needs)
    {
        double[] present = [.. values.Where(value => !double.IsNaN(value))];
        Array.Sort(present);
        double? fill = needs.ImputeMissing ? Statistics.QuantileOfSorted(present, 0.5) : null;
        if (!needs.Standardize)
        {
            return new Scaling(fill, 0, null);
        }

        // Filled rows count as well: the learner sees them.
        double[] seen = fill is { } median ? Array.ConvertAll(values, value => double.IsNaN(value) ? median : value) : present;
        (double mean, double deviation) = Statistics.MeanAndDeviation(seen);
        return new Scaling(fill, mean, deviation > 0 ? deviation : 1);
    }

    /// <param name="value"><see cref="double.NaN"/> is missing.</param>
    public double Apply(double value)
    {
        double filled = double.IsNaN(value) && Fill is { } fill ? fill : value;
        return Scale is { } scale ? Math.Clamp((filled - Mean) / scale, -MaxStandardized, MaxStandardized) : filled;
    }
}
