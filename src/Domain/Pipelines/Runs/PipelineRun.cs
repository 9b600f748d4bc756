namespace Trainyard.Domain.Pipelines.Runs;

/// <summary>One pass of a pipeline from data to decision; its steps are <see cref="RunStep"/>s of their own.</summary>
public sealed record PipelineRun
{
    /// <summary>A <see cref="RunId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The pipeline.</summary>
    public required string PipelineId { get; init; }

    /// <summary>The pipeline's settings when the run was recorded; later changes do not touch it.</summary>
    public required PipelineSettings Settings { get; init; }

    /// <summary>Where it stands.</summary>
    public RunStatus Status { get; init; }

    /// <summary>Who asked for it.</summary>
    public RunTrigger Trigger { get; init; }

    /// <summary>The slot it stands for, when the schedule asked.</summary>
    public DateTimeOffset? Slot { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its first step began; null while queued.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When a caller asked for its cancellation; null when nobody did.</summary>
    public DateTimeOffset? CancelRequestedAt { get; init; }

    /// <summary>
    /// How it shall end, once what it had done is undone; null unless it failed or is cancelled. Set before anything is undone:
    /// from then on the run takes no step but that one, and ends in no other way.
    /// </summary>
    public RunOutcome? Ending { get; init; }

    /// <summary>The data it was made from; null until validated.</summary>
    public RunDataset? Dataset { get; init; }

    /// <summary>Metrics on the held-out rows; null until evaluated.</summary>
    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>What it registered; null when nothing.</summary>
    public RunArtifacts? Artifacts { get; init; }

    /// <summary>Why it failed; null otherwise.</summary>
    public RunFailure? Failure { get; init; }
}
