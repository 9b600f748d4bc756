namespace Trainyard.Domain.PredictionLogs;

/// <summary>Which rows of a model's log are wanted.</summary>
public sealed record LogQuery
{
    /// <summary>The earliest moment, itself included; null for the beginning of what is kept.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The latest moment, itself not included; null for now.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The label of the version that answered; null for any.</summary>
    public string? Version { get; init; }

    /// <summary>The id of one prediction; null for any.</summary>
    public string? PredictionId { get; init; }

    /// <summary>Whether the oldest come first instead of the newest.</summary>
    public bool OldestFirst { get; init; }
}
