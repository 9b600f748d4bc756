namespace Trainyard.Functions.Http.Mlops;

/// <summary>A page of versions: of one model, newest first, or of each model the one that stands for it.</summary>
internal sealed record MlopsModelList(IReadOnlyList<MlopsModelView> Models, string? Continuation);
