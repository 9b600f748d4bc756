namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>The record of one step of a run.</summary>
public sealed record RunStep
{
    /// <summary>Log lines kept of a step at most; further ones are dropped.</summary>
    public const int MaxLogLines = 200;

    /// <summary>A name of <see cref="StepName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The candidate that the step is about, from 0; null for steps that a run takes once.</summary>
    public int? Candidate { get; init; }

    /// <summary>Where it stands.</summary>
    public StepStatus Status { get; init; }

    /// <summary>1 for the first attempt; a crash or a transient failure counts it up.</summary>
    public int Attempt { get; init; }

    /// <summary>When the latest attempt began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while running.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What it said, oldest first, of the latest attempt.</summary>
    public IReadOnlyList<RunLogLine> Log { get; init; } = [];

    /// <summary>Parts of the work done, where the step has parts.</summary>
    public int? Done { get; init; }

    /// <summary>Parts of the work in all, where the step has parts.</summary>
    public int? Total { get; init; }

    /// <summary>The candidate's score; null for other steps and before it is known.</summary>
    public CandidateScore? Score { get; init; }

    /// <summary>Why it failed; null otherwise.</summary>
    public RunFailure? Failure { get; init; }
}
