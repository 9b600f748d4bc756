namespace Trainyard.Learning.Learners;

/// <summary>What governs one fit beside the hyper-parameters.</summary>
/// <param name="Seed">The only source of randomness.</param>
public sealed record FitOptions(ulong Seed)
{
    /// <summary>Threads to use at most; it changes the time, never the result.</summary>
    public int MaxDegreeOfParallelism { get; init; } = Environment.ProcessorCount;

    /// <summary>Bytes that the fit may take beside its training set; past them it is refused before it begins (default: the memory there is).</summary>
    public long MaximumBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Told after each iteration; null when nobody listens.</summary>
    public IProgress<FitProgress>? Progress { get; init; }
}
