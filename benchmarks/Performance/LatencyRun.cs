namespace Trainyard.Benchmarks.Performance;

/// <summary>What BenchmarkDotNet measured: medians, and the bytes of one prediction.</summary>
internal sealed record LatencyRun(double PredictMicroseconds, long PredictBytes, double LoadMilliseconds);
