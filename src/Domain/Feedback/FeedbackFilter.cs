namespace Trainyard.Domain.Feedback;

/// <summary>Which feedback is wanted; what is null is no condition.</summary>
public sealed record FeedbackFilter
{
    /// <summary>About predictions of this moment or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>About predictions before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>About this version: <c>v5</c>, <c>5</c>, <c>1.4.0</c> or an alias.</summary>
    public string? Version { get; init; }

    /// <summary>About right predictions, or wrong ones.</summary>
    public bool? Correct { get; init; }

    /// <summary>About this prediction.</summary>
    public string? PredictionId { get; init; }
}
