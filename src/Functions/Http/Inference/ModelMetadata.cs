using Trainyard.Domain.Serving.Inference;

namespace Trainyard.Functions.Http.Inference;

/// <summary>What a model takes and gives.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Versions">The version that this is of, as <c>v5</c>; <c>GET /api/v1/models/{id}/versions</c> lists all that can be asked.</param>
/// <param name="Platform">What made it, as <c>trainyard_gradient_boosting</c>.</param>
/// <param name="Inputs">A tensor for each column. Absent ones are missing values; one tensor of shape <c>[rows, columns]</c> may stand for all.</param>
/// <param name="Outputs">What can be asked for.</param>
internal sealed record ModelMetadata(string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<TensorMetadata> Inputs, IReadOnlyList<TensorMetadata> Outputs);
