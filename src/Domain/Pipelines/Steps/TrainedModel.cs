using Trainyard.Domain.Registry;

namespace Trainyard.Domain.Pipelines.Steps;

/// <summary>A fitted model as its file, with what the registry is to know of it.</summary>
/// <param name="File">The whole file.</param>
/// <param name="Learner">The name of the learner or method.</param>
/// <param name="Settings">Hyper-parameters that differ from the defaults.</param>
/// <param name="Task">What it predicts, in snake case.</param>
/// <param name="TargetColumn">The column it predicts.</param>
/// <param name="Inputs">The columns that it reads.</param>
internal sealed record TrainedModel(
    byte[] File, string Learner, IReadOnlyDictionary<string, double> Settings, string Task, string TargetColumn, IReadOnlyList<ModelInput> Inputs);
