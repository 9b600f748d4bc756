namespace Trainyard.Learning.Calibration;

/// <summary>What every curve asks of its rows.</summary>
internal static class CalibrationRows
{
    /// <exception cref="LearningException"><c>calibration_one_class</c>.</exception>
    public static int CountPositives(ReadOnlySpan<bool> positive)
    {
        int positives = positive.Count(true);
        return positives > 0 && positives < positive.Length
            ? positives
            : throw new LearningException("calibration_one_class", $"Of {positive.Length} rows to calibrate on {positives} have the class; there must be some with it and some without.");
    }
}
