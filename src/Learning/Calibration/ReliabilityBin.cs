namespace Trainyard.Learning.Calibration;

/// <summary>Predictions of about the same probability, and what happened. Plain data.</summary>
/// <param name="MeanPredicted">The mean of the predicted probabilities.</param>
/// <param name="ShareOfPositives">The share of rows that were positive; near <paramref name="MeanPredicted"/> when calibrated.</param>
/// <param name="Count">Rows.</param>
public sealed record ReliabilityBin(double MeanPredicted, double ShareOfPositives, int Count);
