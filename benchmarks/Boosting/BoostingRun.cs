namespace Trainyard.Benchmarks.Boosting;

/// <summary>What one process measured: ours and the peer print the same line of JSON.</summary>
/// <param name="FitSeconds">Binning and 100 trees.</param>
/// <param name="FitPeakMebibytes">Peak resident memory of the whole process after fitting.</param>
/// <param name="PredictSeconds">Every row, once.</param>
/// <param name="SingleMicroseconds">One row, the mean of many.</param>
/// <param name="PeakMebibytes">Peak resident memory of the whole process at its end.</param>
/// <param name="Auc">On the last tenth of the rows, which is not fitted.</param>
internal sealed record BoostingRun(double FitSeconds, double FitPeakMebibytes, double PredictSeconds, double SingleMicroseconds, double PeakMebibytes, double Auc);
