using Trainyard.Learning.Features;

namespace Trainyard.Learning.Learners;

/// <summary>Features with their labels: what a learner is fitted on.</summary>
/// <param name="Features">Rows by features.</param>
/// <param name="Labels">One label per row: the class index (0 to <paramref name="ClassCount"/> - 1), or the value; not read where the task learns without labels.</param>
/// <param name="Task">How labels are to be read.</param>
/// <param name="ClassCount">The number of classes, at least 2; not read but for classification.</param>
public sealed record TrainingSet(FeatureMatrix Features, double[] Labels, LearningTask Task, int ClassCount)
{
    /// <summary>One weight of at least 0 per row, or null when all weigh the same.</summary>
    public double[]? Weights { get; init; }

    /// <summary>
    /// By feature name (or by the column it is made from): 1 where predictions may only rise with the feature, -1 where
    /// they may only fall. Only for learners that keep it; null for no constraint.
    /// </summary>
    public IReadOnlyDictionary<string, int>? Monotone { get; init; }

    /// <summary>True when all features are of one scale that means something, such as predictions of other models: learners that standardise inside then leave them as they are.</summary>
    public bool IsOnOneScale { get; init; }

    /// <summary>Rows that are only looked at, to stop early; null when there are none.</summary>
    public TrainingSet? Validation { get; init; }
}
