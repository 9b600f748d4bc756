using System.Text.Json.Serialization;
using Trainyard.Domain.Registry;

namespace Trainyard.Domain.Batches;

/// <summary>The version that a job predicts with, chosen when it was started.</summary>
/// <param name="ModelId">The model's id.</param>
/// <param name="ModelName">Its name.</param>
/// <param name="Sequence">The version's number.</param>
/// <param name="Sha256">SHA-256 of the job's own copy of the model file, so that the job does not depend on the registry's.</param>
/// <param name="PredictsNumbers">Whether a prediction is a number; else it is a class.</param>
public sealed record BatchModel(string ModelId, string ModelName, int Sequence, string Sha256, bool PredictsNumbers)
{
    /// <summary>The version as callers see it: <c>v5</c>.</summary>
    [JsonIgnore]
    public string Label => ModelVersion.LabelOf(Sequence);
}
