using Trainyard.Domain.Evidence;

namespace Trainyard.Domain.Traffic.Counting;

/// <summary>What was seen of a version while it answered a share of the traffic. Adds up over hosts.</summary>
public sealed record VersionCounts
{
    /// <summary>Upper bounds of the cells of latencies, in seconds; the last cell has none.</summary>
    public static readonly IReadOnlyList<double> LatencyBounds = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

    /// <summary>Requests assigned to it.</summary>
    public long Calls { get; init; }

    /// <summary>Of them, those that it refused or could not answer.</summary>
    public long Failures { get; init; }

    /// <summary>The sum of their latencies in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>How many latencies were in each cell.</summary>
    public IReadOnlyList<long> Latencies { get; init; } = new long[LatencyBounds.Count + 1];

    /// <summary>What it put out, row by row.</summary>
    public OutputCounts Outputs { get; init; } = new();

    /// <summary>Requests that took longer than a time.</summary>
    /// <param name="seconds">One of <see cref="LatencyBounds"/>.</param>
    public long SlowerThan(double seconds) => Latencies.Skip(LatencyBounds.TakeWhile(bound => bound <= seconds).Count()).Sum();

    /// <summary>Both together.</summary>
    public VersionCounts Plus(VersionCounts other)
    {
        OutputCounts outputs = new();
        outputs.Add(Outputs);
        outputs.Add(other.Outputs);
        return new VersionCounts
        {
            Calls = Calls + other.Calls,
            Failures = Failures + other.Failures,
            Seconds = Seconds + other.Seconds,
            Latencies = [.. Latencies.Zip(other.Latencies, (one, another) => one + another)],
            Outputs = outputs,
        };
    }
}
