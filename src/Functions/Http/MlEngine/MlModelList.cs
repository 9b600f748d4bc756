namespace Trainyard.Functions.Http.MlEngine;

/// <summary>A page of models.</summary>
internal sealed record MlModelList(IReadOnlyList<MlModelMetadata> Models, string? Continuation);
