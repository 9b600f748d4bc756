namespace Trainyard.Functions.Http.Traffic;

/// <summary>What was seen of a version that answered.</summary>
/// <param name="Version">The version.</param>
/// <param name="Calls">Requests assigned to it.</param>
/// <param name="Failures">Of them, those that it refused or could not answer.</param>
/// <param name="FailureRate">Their share; null before there are any.</param>
/// <param name="FailureRateLower">The least that the true share can be; holds at every moment with 95 %.</param>
/// <param name="FailureRateUpper">The most that it can be.</param>
/// <param name="MeanLatencyMs">Mean latency in milliseconds; null before there are any.</param>
/// <param name="Latencies">How many latencies were at most so long.</param>
/// <param name="Rows">Rows predicted.</param>
/// <param name="Labels">How often each label was put out; empty where numbers are.</param>
internal sealed record VersionReport(
    string Version,
    long Calls,
    long Failures,
    double? FailureRate,
    double FailureRateLower,
    double FailureRateUpper,
    double? MeanLatencyMs,
    IReadOnlyList<LatencyCell> Latencies,
    long Rows,
    IReadOnlyDictionary<string, long> Labels);
