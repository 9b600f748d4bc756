using System.Collections.ObjectModel;
using Trainyard.Domain.Registry.History;

namespace Trainyard.Domain.Registry;

/// <summary>A trained model that wants to become a version.</summary>
/// <param name="ModelName">The model; made when it is new.</param>
/// <param name="Task"><c>classification</c> or <c>regression</c>.</param>
/// <param name="Learner">The learner that made it.</param>
/// <param name="Settings">Hyper-parameters that were set, by name.</param>
/// <param name="Inputs">The columns it reads.</param>
/// <param name="Metrics">Scores on held-out rows, by metric.</param>
/// <param name="Artifact">Its model file, already written.</param>
/// <param name="Lineage">What it was made from; its run id makes registration idempotent.</param>
public sealed record ModelRegistration(
    string ModelName,
    string Task,
    string Learner,
    IReadOnlyDictionary<string, double> Settings,
    IReadOnlyList<ModelInput> Inputs,
    IReadOnlyDictionary<string, double> Metrics,
    ModelArtifact Artifact,
    ModelLineage Lineage)
{
    /// <summary>Where the version starts its life; production only by a deployment.</summary>
    public ModelStage Stage { get; init; } = ModelStage.Staging;

    /// <summary>Columns that hold personal data, added to those that the model has marked already.</summary>
    public IReadOnlyList<string> PersonalColumns { get; init; } = [];

    /// <summary>Who registers it, and why; null for the run itself.</summary>
    public ChangeNote? Note { get; init; }

    /// <summary>What changed, in words; null when nobody said.</summary>
    public string? Description { get; init; }

    /// <summary>What its users note of it, by key.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
