using Trainyard.Learning.Data;

namespace Trainyard.Learning.Learners.Anomalies;

/// <summary>How anomaly detectors answer, and where they draw the line.</summary>
internal static class AnomalyOutputs
{
    /// <summary>Values per row: for normal and for anomaly.</summary>
    public const int Count = 2;

    /// <summary>The setting that all detectors share; 0 stands for the detector's own threshold.</summary>
    public static HyperParameter Contamination(double standard, string description) =>
        new("contamination", standard, 0, 0.5, $"Share of the training rows to call anomalies; {description}.");

    /// <summary>Fills the outputs from a score that is above one half for an anomaly.</summary>
    public static void Fill(double score, Span<double> output)
    {
        output[0] = 1 - score;
        output[1] = score;
    }

    /// <summary>The score that a share of the training rows lies above.</summary>
    public static double Threshold(double[] scores, double contamination)
    {
        double[] sorted = [.. scores];
        Array.Sort(sorted);
        return Statistics.QuantileOfSorted(sorted, 1 - contamination);
    }
}
