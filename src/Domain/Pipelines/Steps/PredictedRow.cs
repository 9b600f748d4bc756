namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>A held-out row beside what the model says of it.</summary>
/// <param name="Inputs">The row's columns, the target aside, as text; null is missing.</param>
/// <param name="Truth">The target's value.</param>
/// <param name="Prediction">What the model predicts.</param>
/// <param name="Probability">Of the predicted class; null for numbers.</param>
public sealed record PredictedRow(IReadOnlyDictionary<string, string?> Inputs, string Truth, string Prediction, double? Probability)
{
    /// <summary>Rows that an evaluation shows: as many as a person compares at a glance.</summary>
    public const int Shown = 5;
}
