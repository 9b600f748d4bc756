namespace Trainyard.Domain.Serving.Inference;

/// <summary>A request of the Open Inference Protocol, before its tensors are read.</summary>
/// <param name="Id">What the caller calls it; null when nothing.</param>
/// <param name="Inputs">At least one tensor.</param>
/// <param name="Outputs">The outputs wanted, in order; null for all.</param>
internal sealed record InferenceRequest(string? Id, IReadOnlyList<InferenceInput> Inputs, IReadOnlyList<string>? Outputs);
