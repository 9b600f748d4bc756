namespace Trainyard.Benchmarks.Http;

/// <summary>One run of the load generator.</summary>
/// <param name="RequestsPerSecond">Answers per second.</param>
/// <param name="BytesPerRequest">What the server allocated for each.</param>
internal sealed record LoadResult(double RequestsPerSecond, double BytesPerRequest);
