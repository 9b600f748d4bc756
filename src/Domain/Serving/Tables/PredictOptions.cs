namespace Trainyard.Domain.Serving.Tables;

/// <summary>How a request for predictions wants to be answered. Immutable.</summary>
internal sealed record PredictOptions
{
    /// <summary>What a request without options wants.</summary>
    public static PredictOptions Default { get; } = new();

    /// <summary>Whether a value is given for each label; true by default.</summary>
    public bool Probabilities { get; init; } = true;

    /// <summary>Columns to list that moved the prediction most; 0 for no explanation.</summary>
    public int Explain { get; init; }

    /// <summary>Whether columns that the model does not have are passed over instead of refused.</summary>
    public bool IgnoresUnknown { get; init; }

    /// <summary>Whether a row that cannot be predicted is answered by itself instead of refusing the whole request.</summary>
    public bool AnswersPerRow { get; init; }
}
