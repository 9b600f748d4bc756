namespace Trainyard.Benchmarks.Batches;

/// <summary>What one side took for all rows.</summary>
/// <param name="Seconds">From the request, or the first byte read, to the last byte written.</param>
/// <param name="PeakMebibytes">The most memory that its process had resident.</param>
internal sealed record BatchRun(double Seconds, double PeakMebibytes);
