using System.Text.Json.Serialization;
using Trainyard.Domain.Batches.Results;

namespace Trainyard.Domain.Batches;

/// <summary>A job that predicts many rows.</summary>
public sealed record BatchJob
{
    /// <summary>Stretches of failed rows that are told of by name at most; the results name every row.</summary>
    public const int MaxFailedRowsShown = 20;

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What predicts.</summary>
    public required BatchModel Model { get; init; }

    /// <summary>What is predicted.</summary>
    public required BatchSource Source { get; init; }

    /// <summary>How results are written.</summary>
    public required ResultFormat Format { get; init; }

    /// <summary>The column that names rows in the results; null for none.</summary>
    public string? IdColumn { get; init; }

    /// <summary>Whether results of classes hold the probability of each.</summary>
    public bool Probabilities { get; init; }

    /// <summary>Where it stands.</summary>
    public BatchStatus Status { get; init; }

    /// <summary>Rows; null until they were counted.</summary>
    public long? TotalItems { get; init; }

    /// <summary>Rows that were predicted.</summary>
    public long CompletedItems { get; init; }

    /// <summary>Rows that could not be predicted.</summary>
    public long FailedItems { get; init; }

    /// <summary>Stretches that the rows were cut into; 0 until they were counted.</summary>
    public int Chunks { get; init; }

    /// <summary>Stretches that are over.</summary>
    public int ChunksDone { get; init; }

    /// <summary>Stretches that were set aside, the first <see cref="MaxFailedRowsShown"/> that ended so.</summary>
    public IReadOnlyList<FailedRows> FailedRows { get; init; } = [];

    /// <summary>Why it failed.</summary>
    public BatchFailure? Failure { get; init; }

    /// <summary>The results; null until they are whole.</summary>
    public BatchResult? Result { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its orchestration began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When its cancellation was asked for.</summary>
    public DateTimeOffset? CancelRequestedAt { get; init; }

    /// <summary>Whether it is to be removed once it has ended.</summary>
    public bool IsRemovalAsked { get; init; }

    /// <summary>True when it will not change any more.</summary>
    [JsonIgnore]
    public bool IsOver => Status is BatchStatus.Completed or BatchStatus.Failed or BatchStatus.Cancelled;

    /// <summary>True while its rows may be predicted.</summary>
    [JsonIgnore]
    public bool IsWanted => !IsOver && CancelRequestedAt is null;

    /// <summary>The share of its rows that is over, 0 to 1.</summary>
    [JsonIgnore]
    public double Progress => TotalItems is > 0 and { } total ? (double)(CompletedItems + FailedItems) / total : Status == BatchStatus.Completed ? 1 : 0;
}
