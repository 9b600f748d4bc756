namespace Trainyard.Domain.Serving.Ids;

/// <summary>What a model predicts, as far as ids of predictions tell it.</summary>
public enum PredictedKind
{
    /// <summary>It is not told.</summary>
    None,

    /// <summary>A label.</summary>
    Label,

    /// <summary>A number.</summary>
    Number,
}
