using System.Text.Json.Serialization;
using Trainyard.Domain.Registry;

namespace Trainyard.Domain.Feedback;

/// <summary>What is recorded of one prediction.</summary>
public sealed record FeedbackRecord
{
    /// <summary>The prediction.</summary>
    public required string PredictionId { get; init; }

    /// <summary>The version that predicted.</summary>
    public required int Sequence { get; init; }

    /// <summary>The number of the deployment by which it did; 0 when it was asked for by its name.</summary>
    public required int Deployment { get; init; }

    /// <summary>When it predicted.</summary>
    public required DateTimeOffset PredictedAt { get; init; }

    /// <summary>The number that was predicted; null for a label.</summary>
    public double? PredictedNumber { get; init; }

    /// <summary>What was true, as a text; null when nobody said.</summary>
    public string? Actual { get; init; }

    /// <summary>The same as a number, where a number was predicted.</summary>
    public double? ActualNumber { get; init; }

    /// <summary>Whether the prediction was right; null while that is not known.</summary>
    public bool? Correct { get; init; }

    /// <summary>What came of it.</summary>
    public double? Value { get; init; }

    /// <summary>From 1 to 5.</summary>
    public int? Rating { get; init; }

    /// <summary>In words.</summary>
    public string? Comment { get; init; }

    /// <summary>When it was found, as whoever told it says.</summary>
    public DateTimeOffset? ObservedAt { get; init; }

    /// <summary>When it was recorded last.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who recorded it last.</summary>
    public required string By { get; init; }

    /// <summary>1 when it was recorded, one more with every correction.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>The number that was predicted less the true one; null where either is not known.</summary>
    [JsonIgnore]
    public double? Error => PredictedNumber - ActualNumber;

    /// <summary>The version as users see it.</summary>
    [JsonIgnore]
    public string Version => ModelVersion.LabelOf(Sequence);

    /// <summary>Whether both tell the same of the prediction, whenever and by whomever.</summary>
    internal bool TellsAs(FeedbackRecord other) => this == other with { RecordedAt = RecordedAt, By = By, Revision = Revision };
}
