namespace Trainyard.Domain.Serving.Inference;

/// <summary>A loaded version as the Open Inference Protocol describes it.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Version">The version, as <c>v5</c>.</param>
/// <param name="Learner">The learner that made it.</param>
/// <param name="Inputs">A tensor for each column; none where a series is foretold.</param>
/// <param name="Outputs">What can be asked for.</param>
public sealed record InferenceModel(string Name, string Version, string Learner, IReadOnlyList<TensorMetadata> Inputs, IReadOnlyList<TensorMetadata> Outputs);
