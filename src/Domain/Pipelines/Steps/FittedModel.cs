using Trainyard.Domain.Registry;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>The model file that a run wrote.</summary>
/// <param name="Path">Its path among the artefacts.</param>
/// <param name="Sha256">Hash of its bytes, lower-case hexadecimal.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Learner">The learner's name.</param>
/// <param name="Settings">Hyper-parameters that differ from the defaults.</param>
/// <param name="Task"><c>classification</c> or <c>regression</c>.</param>
/// <param name="TargetColumn">What it predicts.</param>
/// <param name="Inputs">The columns that it reads.</param>
public sealed record FittedModel(
    string Path,
    string Sha256,
    long Bytes,
    string Learner,
    IReadOnlyDictionary<string, double> Settings,
    string Task,
    string TargetColumn,
    IReadOnlyList<ModelInput> Inputs);
