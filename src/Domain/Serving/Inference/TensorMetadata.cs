namespace Trainyard.Domain.Serving.Inference;

/// <summary>A tensor that a model takes or gives.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Datatype">What its elements are.</param>
/// <param name="Shape">Its dimensions; -1 is any number of rows.</param>
public sealed record TensorMetadata(string Name, string Datatype, IReadOnlyList<int> Shape);
