using Trainyard.Learning;
using Trainyard.Learning.Models;

namespace Trainyard.Domain.Batches.Results;

/// <summary>What a row of results holds.</summary>
/// <param name="Format">How it is written.</param>
/// <param name="HasId">Whether rows have an id.</param>
/// <param name="IsClassifier">Whether a prediction is one of <paramref name="Classes"/>; else it is a number.</param>
/// <param name="Classes">Labels in the order of the outputs; empty for numbers.</param>
/// <param name="Probabilities">Whether the value of each label is written.</param>
public sealed record ResultLayout(ResultFormat Format, bool HasId, bool IsClassifier, IReadOnlyList<string> Classes, bool Probabilities)
{
    /// <summary>The layout of what a model predicts.</summary>
    public static ResultLayout Of(BatchJob job, TabularModel model)
    {
        bool isClassifier = model.Task.PredictsLabels();
        return new(job.Format, job.IdColumn is not null, isClassifier, isClassifier ? [.. model.Classes] : [], isClassifier && job.Probabilities);
    }
}
