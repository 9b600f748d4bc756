namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>How a run ends.</summary>
/// <param name="Status">One of the ends.</param>
public sealed record RunOutcome(RunStatus Status)
{
    /// <summary>Metrics on the held-out rows, which enter the history; null when it was not measured.</summary>
    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>What it registered; null when nothing.</summary>
    public RunArtifacts? Artifacts { get; init; }

    /// <summary>Why it failed; null otherwise.</summary>
    public RunFailure? Failure { get; init; }
}
