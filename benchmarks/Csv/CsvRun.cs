namespace Trainyard.Benchmarks.Csv;

/// <summary>What one process measured: ours and the peer print the same line of JSON.</summary>
/// <param name="FirstSeconds">To read the file into columns, the first time in the process.</param>
/// <param name="Seconds">The same once compiled.</param>
/// <param name="PeakMebibytes">Peak resident memory of the whole process after the first time.</param>
/// <param name="Sum">Of all values, to see that both read the same.</param>
internal sealed record CsvRun(double FirstSeconds, double Seconds, double PeakMebibytes, double Sum);
