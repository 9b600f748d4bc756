namespace Trainyard.Benchmarks.Csv;

/// <summary>What one process measured: ours and the peer print the same line of JSON.</summary>
/// <param name="Seconds">To read the file into columns.</param>
/// <param name="PeakMebibytes">Peak resident memory of the whole process.</param>
/// <param name="Sum">Of all values, to see that both read the same.</param>
internal sealed record CsvRun(double Seconds, double PeakMebibytes, double Sum);
