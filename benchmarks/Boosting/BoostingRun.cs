namespace Trainyard.Benchmarks.Boosting;

/// <summary>What one process measured: ours and the peer print the same line of JSON.</summary>
/// <param name="FirstFitSeconds">Binning and 100 trees, the first time in the process.</param>
/// <param name="FitSeconds">The same once compiled.</param>
/// <param name="FitPeakMebibytes">Peak resident memory of the whole process after the first fit.</param>
/// <param name="FirstPredictSeconds">Every row, the first time in the process.</param>
/// <param name="PredictSeconds">The same once compiled.</param>
/// <param name="SingleMicroseconds">One row, the mean of many.</param>
/// <param name="Auc">On the last tenth of the rows, which is not fitted.</param>
internal sealed record BoostingRun(
    double FirstFitSeconds,
    double FitSeconds,
    double FitPeakMebibytes,
    double FirstPredictSeconds,
    double PredictSeconds,
    double SingleMicroseconds,
    double Auc);
