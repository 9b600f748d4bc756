namespace Trainyard.Domain.Pipelines;

/// <summary>A standing order to train, evaluate and, where asked, deploy one model.</summary>
public sealed record Pipeline
{
    /// <summary>Its id, unique over all tenants.</summary>
    public required string Id { get; init; }

    /// <summary>What every run is made with; a run keeps the settings that it was started with.</summary>
    public required PipelineSettings Settings { get; init; }

    /// <summary>The schedule as <see cref="Schedules.Schedule"/> reads it; null when it runs only by hand.</summary>
    public string? Schedule { get; init; }

    /// <summary>Whether it runs by itself.</summary>
    public PipelineStatus Status { get; init; }

    /// <summary>When it was created (UTC); the anchor of its schedule.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The slot that falls due next (UTC); null without a schedule or while paused.</summary>
    public DateTimeOffset? NextRun { get; init; }

    /// <summary>Runs recorded so far, whatever became of them.</summary>
    public int TotalRuns { get; init; }

    /// <summary>The run that is queued or running; null when there is none. A pipeline has one at a time.</summary>
    public string? ActiveRunId { get; init; }
}
